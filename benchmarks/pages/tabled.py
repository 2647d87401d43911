"""Invented tables and stamps that the benchmarks print."""

from __future__ import annotations

__all__ = ["INCIDENTS", "PERSONS", "STAMPS", "WAGES", "Rows"]

Rows = list[tuple[str, ...]]
"""The head of a table, then its rows, each a text a cell."""

INCIDENTS: Rows = [
    ("Date", "What happened", "Who was there"),
    ("14 June 2017", "Žofie came to my mother's kitchen and spoke of a house in Virginia, of a "
     "school in the evening and of $1,250 a month.", "My mother, my sister Ana, Žofie"),
    ("2 Sept. 2017, at night", "Mr. Duarte-Kessler met the flight and asked for my passport "
     "before we had left the garage.", "He and a driver whom he called Beto"),
    ("Winter of 2017", "I slept beside the furnace. The door was locked from the outside until "
     "a quarter to five.", "Mrs. Duarte"),
    ("3 March 2018", "She threw the iron because a collar was scorched.", "Mrs. Duarte, the boys"),
    ("November 2018, a Monday", "Officer Thibodeaux came with two others and a woman who spoke "
     "Spanish. They asked to see where I slept and took pictures of the room.",
     "Officer Renée Thibodeaux, the interpreter, both Duartes"),
    ("Later", "I gave the green book to the police.", "Father O'Rourke and Officer Thibodeaux"),
]  # fmt: skip
WAGES: Rows = [
    ("Period", "Hours", "Owed", "Paid", "Remarks"),
    ("September 2017", "412", "$1,250", "$0", "Kept for the ticket, she said, and the visa"),
    ("October 2017", "430", "$1,250", "$60", "For a coat and shoes at the church sale"),
    ("Nov. and Dec. 2017", "880", "$2,500", "$0", "No pay; guests over the holidays every night"),
    ("January 2018", "426", "$1,250", "$100", "Sent to my mother"),
    ("Feb. to May 2018", "1,704", "$5,000", "$150", "Fined for a broken lamp, for the telephone "
     "and for being late with breakfast"),
    ("June 2018", "418", "$1,250", "$0", "Nothing"),
]  # fmt: skip
PERSONS: Rows = [
    ("Name", "Date of birth", "Relation to the applicant"),
    ("Áñez Gutiérrez, Ana Lucía", "3 May 1999", "Sister"),
    ("Gutiérrez viuda de Áñez, Rosenda", "About 1968, in a village near Tarata",
     "Mother; she lives in Cochabamba and was visited twice by the lender"),
    ("Peñaloza, Wálter", "Unknown", "None. He lent the money and kept my birth certificate"),
    ("Duarte-Kessler, Iñaki", "1961 or 1962", "None. Employer"),
    ("Kubešová, Žofie, called Doña Sofía by everybody", "Unknown", "None. Recruiter, and the "
     "cousin of Mrs. Duarte"),
]  # fmt: skip
STAMPS = (
    ("RECEIVED", "MAR 02 2021", "VSC"),
    ("FILED", "U.S. DISTRICT COURT", "JUL 19 2019", "CLERK"),
    ("ORIGINAL", "DO NOT REMOVE"),
    ("RECEIVED BY MAIL", "11/06/2020"),
)
