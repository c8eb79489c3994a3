"""Closed word lists of the domain: roles, ranks, speech verbs, kinds of gathering."""

from __future__ import annotations

import re


def words(text: str) -> frozenset[str]:
    """The words of a block of text as a set."""
    return frozenset(text.split())


# The noun that makes a phrase the name of an office.
ROLE_HEADS = words("""
    minister ministers secretary secretaries president presidents chancellor premier chief chiefs head director
    chairman chairwoman chair chairperson co-chair commander commander-in-chief spokesperson spokesman spokeswoman
    ambassador envoy commissioner representative adviser advisor undersecretary under-secretary secretary-general
    inspector diplomat counterpart leader coordinator governor speaker taoiseach tánaiste tanaiste king queen crown
    prince vice-president
    director-general vice-chief deputy administrator senator congressman congresswoman attorney saceur comptroller
    marshal mp lawmaker negotiator attache delegate colleague official officer czar mayor minister-president
    predecessor successor opposite vice-minister under-secretary-general deputy-secretary-general
    assistant-secretary-general mep mantri
""")
# Words that alone do not name an office though they may stand in its title.
WEAK_HEADS = words(
    "deputy chief chiefs marshal prince crown king leader head mp mep counterpart colleague official officer "
    "predecessor successor opposite"
)
ROLE_WORDS = words("""
    deputy vice acting former ex prime foreign defence defense national security armed forces top senior permanent
    special state parliamentary first outgoing new interim caretaker then supreme allied air force army navy naval
    military press policy interior finance economy acquisition acquisitions procurement armaments assistant principal
    high joint under general war staff industry industrial strategic affairs development international trade
    intelligence cyber digital transformation ministry department government presidential council incoming
    committee commission chiefs sustainment cooperation capability delivery planning readiness operations
    plans parliament treasury exchequer commonwealth innovation europe space communications veterans arms weapons
    bloc alliance country kingdom republic research engineering republics union office cabinet bureau
    peacekeeping logistics training assembly forces' land sea ground main administration long-time longtime
    humanitarian emergency management energy economic european regional ministerial defence-industry
    personnel public diplomacy external relations ukraine's defence's reforms reconstruction integration euro-atlantic
    euratlantic strategy support command cybersecurity home secretary's chief's republican democratic current
    lead newly-appointed newly appointed visiting executive multilateral political co retired serving
    subcommittee parliament's raksha rajya
    majority minority house senate political-military european-union coalition federal procurement's chairman's
    deterrence central counter-terrorism number nuclear peninsula
""")
ROLE_LINKS = words("of for to the and on at in its his her their")
RANKS = words("""
    gen. general lt. lieutenant col. colonel maj. major adm. admiral brig. brigadier capt. captain cmdr. commander sgt.
    sergeant marshal air field vice rear chief fleet army commodore sen. rep. sen rep
""")
# Ranks that are not common words: these count without a capital, too ("retired general Douglas Hale").
FULL_RANKS = words("general lieutenant colonel major admiral brigadier captain sergeant commodore")
HONORIFICS = words(
    "hon honourable honorable rt mr. mrs. ms. mr mrs ms dr. dr sir dame lord lady baroness prof. professor hon. the "
    "right sheikh dato datuk datin seri haji tun"
)
# Who is so called or so signs sits in a parliament or government.
PUBLIC_HONORIFICS = words("hon honourable honorable hon.")
PARLIAMENTARY = words("MP MEP MSP")
# A body with one of these in its name is a public one.
PUBLIC_BODY = re.compile(
    r"\b(?:ministr(?:y|ies)|department|agency|council|parliament|committee|commission|forces|army|navy|command|staff|"
    r"bureau|service|office|administration|cabinet|government|senate|chamber|state|states|national|authority|security|"
    r"defen[cs]e|intelligence|armaments|secretariat|mission|delegation|coalition|group|forum|directorate|military)\b",
    re.I,
)
BODY_NOUNS = words("""
    command group agency council committee ministry department institute university foundation bank centre center
    corps division brigade battalion fleet industries forces station partnership initiative programme program fund
    act treaty party palace strategy dialogue conference forum survey service self-defense college school
""")
PARTICLES = words("de da di del della der den van von zu bin al el la le ter du dos af ben ibn van't")
SUFFIXES = words("jr. sr. jr sr ii iii iv")
# A person whose description holds one of these is in no public office.
PRIVATE = re.compile(
    r"\b(?:CEO|chief executive|chief operating|chief financial|chief technology|analyst|professor|fellow|researcher|"
    r"editor|reporter|correspondent|journalist|author|economist|historian|founder|managing director|expert|columnist|"
    r"co-founder|partner at|pollster|think tank|lecturer|scholar|activist|volunteer|blogger|owner)\b",
    re.I,
)
# Words that start with a capital without being a name.
NOT_NAMES = words("""
    the a an in on at by for from with to of and but or as if it its he she they we i you his her their our this that
    these those there then when while where who what which how after before during since until under over about
    against between among also only even just now not no yes today tomorrow yesterday thursday friday monday tuesday
    wednesday saturday sunday january february march april may june july august september october november december
    jan feb mar apr jun jul aug sept sep oct nov dec east west north south western eastern northern southern central
    allied allies allies'
    group coalition meeting meetings retreat roundtable summit ministry ministerial forum statement source details
    background press release
    readout call remarks speech joint contact ramstein format defence defense support military armed forces
    one two three four five six seven eight nine ten twenty thirty forty fifty both all each every some many most
    thousands hundreds dozens half billions millions more less further other others another new next last first second
    third fourth fifth sixth seventh eighth ninth tenth however meanwhile earlier later still yet so such thank thanks
    hi good dear well okay please let having being according speaking asked asking under present here why whether
    because although though despite following given including without within moderator senior administration official
    q department state states union secretary minister president pentagon participants officials ministers leaders
    members countries nations partners western u.s. us uk eu nato un g7 hurricane operation exercise package program
    programme fund facility initiative council commission committee parliament congress senate house tv radio news
    agency times post journal telegraph guardian herald online reuters bloomberg politico interfax ukrinform
    yonhap kyodo xinhua anadolu tass
    washington mission strategy treaty organisation organization act agreement declaration plan budget system systems
    rocket missile missiles brigade division battalion regiment army navy corps air base airport castle palace hotel
    street square university institute center centre conference dialogue talks ministry's steering board agreed
    does did do is are was were can could will would should may might expect meet meets ask asks see watch joining here
    say says said tell tells thanks royal social democratic party republican navy special brigade bank foundation museum
    speaking arms aid help
    nothing none something everything anything nobody somebody britain's moscow's
    presidency representation ministre member membership debate host priority requirements route
    asian african pacific affairs holds briefing briefings hosts visit visits attends delivers convenes participates
""")
# Capitalised parts of the names of groups, never of a person's.
GROUP_WORDS = words("industries compact nordic baltic")
SPEECH_VERBS = words("""
    asserted asserts assured said says say told tells announced announces added adds stressed stresses noted notes
    explained explains stated
    states declared declares confirmed confirms warned warns urged urges wrote writes emphasised emphasized tweeted
    posted recalled recalls argued argues claimed claims insisted insists reported remarked called praised welcomed
    thanked described concluded commented cautioned conceded admitted acknowledged replied answered asked hailed
    promised pledged vowed revealed disclosed hinted suggested termed spoke speaking saying adding stressing noting
    underlined underscored reiterated reaffirmed repeated estimated predicted hoped expressed quoted voiced observed
    has charged accused put calling
""")
SPEECH = re.compile(
    r"\b(?:said|says|told|tells|announced|announces|added|adds|stressed|noted|explained|stated|declared|"
    r"confirmed|warned|"
    r"urged|wrote|emphasi[sz]ed|tweeted|posted|recalled|argued|insisted|remarked|cautioned|conceded|admitted|"
    r"acknowledged|replied|answered|reiterated|underlined|underscored|revealed|disclosed|according to|spoke|briefed|"
    r"thanked|reported)\b",
    re.I,
)
# Who holds an office that only one state or body names so.
OFFICE_OWNERS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), owner)
    for pattern, owner in (
        (r"(?i)(?<!assistant )(?<!deputy )(?<!under )\bsecretary of state for\b", "GB"),
        (r"\b[Dd]efence [Ss]ecretary\b|\b[Ff]oreign [Ss]ecretary\b|(?i:\bchancellor of the exchequer\b)", "GB"),
        (r"(?i)\b(?:defense secretary|secretary of (?:defense|war|state|the army|the navy|the air force))\b", "US"),
        (
            r"(?i)\b(?:under ?secretary of (?:defense|war|state)|joint chiefs|centcom|eucom|national security advisor)",
            "US",
        ),
        (r"(?i)\bunder ?secretary of defense\b|\bpentagon\b|\bwhite house\b|\bstate department\b", "US"),
        (
            r"(?i)\b(?:supreme allied commander|saceur|alliance|chair(?:man)? of the (?:nato )?military committee)\b",
            "NATO",
        ),
        (
            r"(?i)\b(?:high representative|bloc|european council|foreign[- ]policy chief|"
            r"commission (?:vice[- ])?president)\b|"
            r"(?<!high )(?<!rights )(?<!police )\bcommissioner\b(?! (?:for peace|of)\b)",
            "EU",
        ),
        (r"(?i)\bvice[ -]president\b(?! of\b)", "US"),
        (r"(?i)\b(?:house speaker|speaker of the house|(?:majority|minority) leader|senate)\b", "US"),
        (r"(?i)\bun secretary[- ]general\b", "UN"),
        (r"(?i)\btaoiseach\b|\bt[aá]naiste\b", "IE"),
        (r"(?i)\bminister of the armed forces\b|\barmed forces minister\b", "FR"),
        (r"(?i)\bminister of national defen[cs]e\b", ""),
    )
    if owner
)
# Of these the owner above is only the likeliest: it must be spoken of as well.
SHARED_OFFICES = re.compile(r"(?i)\bforeign secretary\b")
POST_NOMINALS = words("MP MEP KC QC OBE CBE KCB GCB DSO MC MSP AM AO AC")
NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
} | {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}
_ORDINALS = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
ORDINAL_WORDS = (
    {word: number for number, word in enumerate(_ORDINALS)}
    | {
        "twentieth": 20,
        "thirtieth": 30,
        "fortieth": 40,
        "fiftieth": 50,
    }
    | {
        f"{tens}-{word}": base + number
        for tens, base in (("twenty", 20), ("thirty", 30), ("forty", 40))
        for number, word in enumerate(_ORDINALS[:10])
        if number
    }
)


def number_of(text: str) -> int | None:
    """A cardinal in digits or words up to ninety-nine; None for anything else."""
    plain = text.lower().replace(",", "").strip()
    if plain.isdigit():
        return int(plain)
    total = 0
    for part in plain.replace("-", " ").split():
        if part not in NUMBER_WORDS:
            return None
        total += NUMBER_WORDS[part]
    return total or None


def ordinal_of(text: str) -> int | None:
    """An ordinal in digits ("19th") or words ("twenty-first"); None for anything else."""
    plain = text.lower().strip()
    digits = re.fullmatch(r"(\d{1,3})(?:st|nd|rd|th)", plain)
    if digits:
        return int(digits.group(1))
    return ORDINAL_WORDS.get(plain.replace(" ", "-"))
