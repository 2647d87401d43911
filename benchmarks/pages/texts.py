"""Invented statements that the document benchmarks print, and the key fields on them."""

from __future__ import annotations

__all__ = ["FIELDS", "FORM", "NAMES", "STATEMENT", "TRANSCRIPT"]

STATEMENT = """DECLARATION OF MARIBEL ÁÑEZ GUTIÉRREZ

1. My name is Maribel Áñez Gutiérrez. I was born on 14 March 1994 in Cochabamba, Bolivia. My A-number is A000-417-226 and my receipt number is EAC1900000017.

2. In June 2017 a woman named Žofie Kubešová, whom everybody called Doña Sofía, told my mother that she had a cousin in Falls Church, Virginia who needed a girl for the house. She said I would earn $1,250 a month and study English in the evening. Her telephone was (703) 555-0142.

3. We borrowed 18,400 bolivianos from her brother-in-law, Wálter Peñaloza, at ten percent a month. He wrote the sum in a green book and kept my birth certificate.

4. I flew to Dulles on 2 September 2017 with a B-2 visa. Mr. Iñaki Duarte-Kessler met me with a gray Toyota Sienna, plate UXR-4471. He took my passport, number 4417729, and said that it was safer in his office at 2216 Lockheed Street, Apartment 4D.

5. I rose at 4:45 and slept at 23:30. The lady of the house, Mrs. Hedvika Duarte, counted the spoons at night. When I asked for my pay she said, "Call the police, and they will put you on the plane." In fourteen months I received $310 in all.

6. Father Seán O'Rourke of Saint Anne's gave me a card with the number 1-888-555-0188. On 19 November 2018 Officer Renée Thibodeaux of the Fairfax County Police came to the door; the report is 2018-0411-7736.

7. I declare under penalty of perjury that the foregoing is true and correct. Executed on January 8, 2019.

Maribel Áñez Gutiérrez"""

NAMES = """AFFIDAVIT OF NGUYỄN THỊ HỒNG

1. I was born on 7 October 1989 in Huế, Việt Nam. My A-number is A000-588-031. In the nail salon I was called Rose, and the woman beside me, Łucja Śliwińska, was called Lucy.

2. The salon belonged to Trần Văn Đức and to his partner Ömer Yıldırım. The contract was signed on 21 May 2016 before a notary named Constanța Brânzei; the fee was $7,900, and the interest twelve percent.

3. A driver, João Conceição Assunção, took six of us from Newark to 318 Ōtani Court. With me were Marijana Đurđević, Gülşen Çelik, Zdeněk Říha, Aurélie Lefèvre, Þóra Ásgeirsdóttir and Åse Bjørnstad.

4. On 30 August 2018 I telephoned (201) 555-0176 and spoke with Sergeant Mihály Kővári. He wrote report 18-30442. Until then I had been paid $85 a week, and Đức kept my passport, number B3390117.

5. I declare under penalty of perjury that this is true and correct. Executed on 9 February 2019.

Nguyễn Thị Hồng"""

FIELDS = (
    "Maribel Áñez Gutiérrez", "14 March 1994", "A000-417-226", "EAC1900000017", "Žofie Kubešová",
    "Doña Sofía", "$1,250", "(703) 555-0142", "18,400", "Wálter Peñaloza", "2 September 2017",
    "Iñaki Duarte-Kessler", "UXR-4471", "4417729", "2216 Lockheed Street", "4:45", "23:30",
    "Hedvika Duarte", "$310", "Seán O'Rourke", "1-888-555-0188", "19 November 2018",
    "Renée Thibodeaux", "2018-0411-7736", "January 8, 2019",
    "Nguyễn Thị Hồng", "7 October 1989", "A000-588-031", "Łucja Śliwińska", "Trần Văn Đức",
    "Ömer Yıldırım", "21 May 2016", "Constanța Brânzei", "$7,900", "João Conceição Assunção",
    "Marijana Đurđević", "Gülşen Çelik", "Zdeněk Říha", "Aurélie Lefèvre",
    "Þóra Ásgeirsdóttir", "Åse Bjørnstad", "30 August 2018", "(201) 555-0176", "Mihály Kővári",
    "18-30442", "$85", "B3390117", "9 February 2019",
)  # fmt: skip

TRANSCRIPT = [
    "Q. Did you know the name of the driver?",
    "A. They called him Chepe. I learned later that it was",
    "   José Barahona.",
    "Q. How much did he say that you owed?",
    "A. Six thousand four hundred dollars, $6,400.",
    "Q. And where did you sleep?",
    "A. In the laundry at 4417 Larkspur Avenue, with two other",
    "   girls, until May 3, 2020.",
    "Q. Did anybody watch the door at night?",
    "A. His sister Nidia. She had the key on a string.",
    "Q. Did you ever ask her for your passport?",
    "A. Once. She said to ask her brother, and he laughed.",
]

FORM = [
    ("Family Name", "ÁÑEZ GUTIÉRREZ", "Given Name", "MARIBEL"),
    ("Date of Birth", "03/14/1994", "Country of Birth", "BOLIVIA"),
    ("A-Number", "A000-417-226", "Passport Number", "4417729"),
    ("Street Number and Name", "2216 Lockheed Street", "Apt.", "4D"),
    ("City or Town", "Falls Church", "State", "VA"),
    ("Daytime Telephone", "(703) 555-0142", "Receipt Number", "EAC1900000017"),
    ("Name of Agency", "Fairfax County Police", "Case Number", "2018-0411-7736"),
    ("Date of Last Entry", "09/02/2017", "Place of Last Entry", "Dulles"),
]
