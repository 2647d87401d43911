"""Short forms of given names: `Nacho` may be Ignacio, `Joe` be Joseph.

Written by hand from common knowledge; names without accents, as `plain` gives them.
"""

from __future__ import annotations

__all__ = ["given_names_of", "may_be_short_for"]

_SHORT = {
    "abe": "abraham", "al": "albert alan alfred", "alex": "alexander alejandro alexandra",
    "andy": "andrew andres", "angie": "angela angelica", "annie": "anna ann anne",
    "barb": "barbara", "beba": "genoveva", "becky": "rebecca", "ben": "benjamin benedict",
    "berta": "alberta roberta norberta", "bess": "elizabeth", "beth": "elizabeth bethany",
    "beto": "alberto roberto heriberto norberto gilberto humberto adalberto rigoberto",
    "betty": "elizabeth", "bill": "william", "billy": "william", "bob": "robert",
    "bobby": "robert", "boyet": "roberto", "candy": "candelaria candida", "carlitos": "carlos",
    "cata": "catalina", "cathy": "catherine", "chabela": "isabel", "chabelo": "isabel isabelo",
    "chago": "santiago", "chalo": "gonzalo", "chano": "luciano feliciano graciano ponciano",
    "charlie": "charles carlos", "charo": "rosario", "chava": "salvador", "chavela": "isabel",
    "chayo": "rosario", "checo": "sergio", "chela": "graciela marcela", "chelo": "consuelo",
    "chema": "jose", "chemo": "anselmo jose", "chencha": "crescencia hortensia",
    "chencho": "crescencio inocencio", "chente": "vicente", "chepa": "josefa", "chepe": "jose",
    "chepo": "jose", "chicho": "luis", "chico": "francisco", "chinto": "jacinto",
    "chole": "soledad", "choli": "soledad", "chon": "concepcion encarnacion asuncion",
    "chona": "concepcion encarnacion asuncion", "chucha": "jesusa maria", "chucho": "jesus",
    "chuck": "charles", "chuy": "jesus", "cindy": "cynthia", "concha": "concepcion",
    "conchita": "concepcion", "cony": "constanza", "coco": "socorro", "cuca": "refugio",
    "cuco": "refugio", "dan": "daniel", "danny": "daniel", "dave": "david", "deb": "deborah",
    "debbie": "deborah", "dee": "deanna deidre delores", "dick": "richard", "dima": "dmitry",
    "don": "donald", "donnie": "donald", "dora": "teodora isidora dorotea", "doug": "douglas",
    "ed": "edward edgar edwin eduardo", "eddie": "edward edgar edwin eduardo edgardo",
    "eddy": "edward edgar edwin eduardo edgardo", "eli": "elijah elias elizabeth",
    "ernie": "ernest ernesto", "fele": "rafael", "felo": "rafael", "feña": "fernando",
    "ferdie": "fernando ferdinand", "fito": "adolfo rodolfo", "flor": "florencia florinda",
    "frank": "francis franklin francisco", "fred": "frederick alfred", "fredo": "alfredo",
    "freddy": "frederick alfredo", "gabby": "gabriela", "gabe": "gabriel", "gena": "gennady",
    "geno": "eugenio", "george": "jorge gjergj georgios", "gina": "georgina regina",
    "gogo": "gregorio", "goyo": "gregorio", "goya": "gregoria", "greg": "gregory gregorio",
    "gus": "gustavo augustus agustin", "guicho": "luis", "hank": "henry",
    "harry": "harold henry", "hugo": "hugh", "jack": "john", "jackie": "jacqueline",
    "jake": "jacob", "jan": "janet janice", "jeff": "jeffrey", "jenny": "jennifer",
    "jerry": "gerald jerome gerardo", "jess": "jessica jesse", "jim": "james", "jimmy": "james",
    "joe": "joseph jose josef", "joey": "joseph", "johnny": "john juan", "jon": "jonathan",
    "josie": "josephine josefina", "juancho": "juan", "juanito": "juan", "kate": "katherine",
    "kathy": "katherine kathleen", "katya": "ekaterina", "ken": "kenneth", "kika": "francisca",
    "kike": "enrique", "kiko": "francisco enrique", "kim": "kimberly", "kolya": "nikolai",
    "lalo": "eduardo", "lala": "eulalia", "larry": "lawrence", "lencha": "lorenza florencia",
    "lencho": "lorenzo florencio", "leo": "leonard leonardo leopoldo", "licha": "alicia",
    "lichita": "alicia", "lily": "liliana lilian", "lina": "carolina angelina catalina",
    "liz": "elizabeth", "lola": "dolores", "lolis": "dolores",
    "lucho": "luis", "lucha": "luz lucia luisa", "luisito": "luis", "lula": "luisa",
    "lupe": "guadalupe", "lupita": "guadalupe", "mack": "mackenzie", "maddie": "madeleine",
    "maggie": "margaret", "magda": "magdalena", "mague": "margarita", "malena": "magdalena",
    "mando": "armando", "manolo": "manuel", "manny": "manuel emmanuel", "manu": "manuel",
    "marge": "margaret", "maru": "maria", "marty": "martin",
    "masha": "maria", "matt": "matthew", "max": "maximilian maximiliano", "meche": "mercedes",
    "mel": "melvin melanie", "memo": "guillermo", "mencho": "nemesio clemente",
    "mica": "micaela", "mike": "michael miguel mikhail", "milo": "camilo emilio",
    "mina": "guillermina herminia", "minga": "dominga", "mingo": "domingo", "misha": "mikhail",
    "mitch": "mitchell", "moncho": "ramon", "mona": "ramona", "monchi": "ramon",
    "nacha": "ignacia", "nacho": "ignacio", "nadia": "nadezhda", "nan": "nancy",
    "nancho": "venancio", "nando": "fernando hernando", "nastya": "anastasia", "nat": "nathan",
    "nate": "nathan nathaniel", "nati": "natividad natalia", "ned": "edward",
    "nelly": "nelida helen eleanor", "neto": "ernesto", "nick": "nicholas nicolas",
    "nico": "nicolas", "nik": "nikola besnik", "nina": "antonina", "nita": "juanita anita",
    "olya": "olga", "paco": "francisco", "paca": "francisca", "pancha": "francisca",
    "pancho": "francisco", "pam": "pamela", "panchita": "francisca", "pat": "patrick patricia",
    "patty": "patricia", "paty": "patricia",  "pedrito": "pedro",
    "peggy": "margaret", "pepa": "josefa", "pepe": "jose", "pepito": "jose", "perico": "pedro",
    "pete": "peter", "petya": "pyotr", "phil": "philip", "pili": "pilar", "pilo": "porfirio",
    "pina": "josefina", "pita": "guadalupe", "polo": "leopoldo apolonio hipolito",
    "poncho": "alfonso ildefonso", "pura": "purificacion", "puri": "purificacion",
    "quique": "enrique", "quincho": "joaquin", "rafa": "rafael", "ray": "raymond ramon raimundo",
    "reggie": "reginald", "rick": "richard ricardo", "ricky": "richard ricardo",
    "rigo": "rigoberto", "rob": "robert", "ron": "ronald", "ronnie": "ronald",
    "roro": "rosemonde rodrigo", "rosy": "rosa rosario", "roy": "rogelio",
    "rudy": "rudolph rodolfo",
    "sally": "sarah", "sam": "samuel samantha", "sandy": "sandra alexander", "sasha": "alexander",
    "sergey": "sergei", "seryozha": "sergei", "sonya": "sofia", "stan": "stanley",
    "steve": "stephen steven esteban", "sue": "susan", "susy": "susana", "suzy": "susan",
    "svieta": "svetlana", "tacho": "anastasio", "tanya": "tatiana", "tasha": "natasha latasha",
    "tavo": "gustavo octavio", "tata": "natalia", "ted": "edward theodore", "tencha": "hortensia",
    "teo": "teodoro mateo", "tere": "teresa", "terry": "terrence teresa theresa",
    "tico": "alberto", "tim": "timothy", "tina": "cristina martina ernestina",
    "tino": "florentino celestino faustino constantino", "tita": "margarita",
    "tito": "alberto roberto ernesto", "toby": "tobias", "tona": "antonia",
    "tom": "thomas", "tomasito": "tomas", "tono": "antonio", "tony": "anthony antonio",
    "tonya": "antonina", "trini": "trinidad",
    "tuto": "augusto", "vadik": "vadim", "val": "valerie valentin", "vanya": "ivan",
    "vero": "veronica", "vicky": "victoria", "vic": "victor",
    "vika": "victoria viktoria", "vitya": "viktor", "volodya": "vladimir", "vova": "vladimir",
    "walt": "walter", "wally": "walter", "wes": "wesley", "will": "william wilfredo",
    "willy": "william guillermo", "wilo": "wilfredo", "yoli": "yolanda", "yura": "yuri",
    "zac": "zachary", "zack": "zachary", "zhenya": "yevgeny yevgenia",
}  # fmt: skip
_NAMES = {short: frozenset(full.split()) for short, full in _SHORT.items()}
_SHORTEST, _LEFT_OUT = 3, 2


def given_names_of(short: str) -> frozenset[str]:
    """The given names that a plain word is known to be short for."""
    return _NAMES.get(short, frozenset())


def may_be_short_for(short: str, given: str) -> bool:
    """Whether one plain word is a short form of a given name, from the list or by its start."""
    if given in given_names_of(short):
        return True
    begins = len(short) >= _SHORTEST and given.startswith(short)
    return begins and len(given) - len(short) >= _LEFT_OUT
