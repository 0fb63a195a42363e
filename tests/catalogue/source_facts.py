"""The facts of the source document, written by hand from it, action by action.

Each fact is given by stems that the English text has to hold, in any order and in capitals or not: `|` stands
between stems of which one is enough, `_` for a space. So `up_to_date|updat regular` asks for something up to date
or updated, and for regularity. No sentence of the source stands here; its runs of six words are in
`source_runs.txt`, hashed.
"""

from __future__ import annotations

from dataclasses import dataclass

CROSS, LOCAL, NATIONAL, PUBLIC, THIRD, GROUPS, CITIZENS = (
    "cross-sector",
    "local-government",
    "national-government",
    "public-services",
    "third-sector",
    "community-groups",
    "citizens",
)


@dataclass(frozen=True)
class Who:
    """Sectors in one role: stems of what they do, or of how many they are in words; numbers of people."""

    sectors: tuple[str, ...]
    role: str = ""
    people: str | None = None


@dataclass(frozen=True)
class Facts:
    code: str
    category: str
    title: str
    purpose: str
    examples: tuple[str, ...]
    keys: tuple[str, ...]
    who: tuple[Who, ...]
    any_stage: bool = False


SOURCE = (
    Facts(
        "SP1",
        "shared-purpose",
        "Information gathering",
        "understand asset issue ambition system local area",
        ("community research", "listen exercise", "engagement event"),
        ("‘doing_to’ communit|them not|rather", "listen barrier|remov|keep particip|tak"),
        (Who((CROSS,), "a_few facilitator"), Who((GROUPS, CITIZENS), "as_many possible")),
    ),
    Facts(
        "SP2",
        "shared-purpose",
        "Systems thinking and mapping",
        "full issue shared long-term goal root cause",
        ("map system issue contribut factor actor|involved rather|not asset",),
        ("together|collaborat wide|breadth|range stakeholder", "map purpose|is_for"),
        (Who((CROSS,), "key stakeholder", "10-30"),),
    ),
    Facts(
        "SP3",
        "shared-purpose",
        "Long term planning and macro-goals",
        "paper|writ shared goal systems thinking such_as|e.g. step",
        ("theory_of_change", "objective tree", "shared vision", "horizon scenario planning"),
        ("flexib not fixed often|frequent ‘living_documents’", "time develop again|revisit|return regular"),
        (Who((CROSS,), "key stakeholder", "5-10"),),
    ),
    Facts(
        "SP4",
        "shared-purpose",
        "Training/mutual learning",
        "share|spread expertise understanding sector",
        (
            "event",
            "conference",
            "communit of_practice",
            "webinar",
            "lunch learn",
            "training",
            "resource",
        ),
        ("mutual|both respect", "learn equal partner", "share physical space"),
        (Who((CROSS,), "participant", "2-200"),),
        any_stage=True,
    ),
    Facts(
        "SP5",
        "shared-purpose",
        "Pooling and sharing information",
        "relevant up-to-date|current information service asset",
        ("online platform", "list director", "database", "asset map"),
        ("live up_to_date|updat regular", "eas", "co-produc repeat|replicat|duplicat overlap"),
        (Who((LOCAL, PUBLIC, THIRD), "across organisation"),),
        any_stage=True,
    ),
    Facts(
        "SP6",
        "shared-purpose",
        "Defining outcomes and how to measure them",
        "agree shared goal outcome impact measur",
        (
            "measurable collaborat outcome better coordinat service",
            "measurable wellbeing outcome more|increas access green_space|greenspace",
        ),
        ("quality quantity outcome as_well|both", "new|create exist tool measur"),
        (Who((CROSS,), "key stakeholder collaboration"),),
        any_stage=True,
    ),
    Facts(
        "SP7",
        "shared-purpose",
        "Shared oversight to coordinate services",
        "multisector coordinat service understand community priorit together|share",
        (
            "strategic oversight planning board",
            "multiagency meeting platform manag|handle resident request support|help",
            "liaison role referral pathway see ga1",
        ),
        ("sector discuss|talk|convers", "share language", "focus|concentrat identif|find priorit area"),
        (Who((LOCAL, PUBLIC), "team individual|single role"),),
    ),
    Facts(
        "GA1",
        "governance",
        "Liaison/coordination roles and referral pathways",
        "complex referral pathway navigat|follow communicat sector",
        (
            "community engagement role council third|3rd sector organisation",
            "social prescrib community navigator role",
        ),
        (
            "flexib case person",
            "regular direct communicat|contact sector",
            "relationship service over_time",
        ),
        (
            Who((LOCAL, PUBLIC), "team individual|single role"),
            Who((THIRD, GROUPS), "sometimes"),
        ),
    ),
    Facts(
        "GA2",
        "governance",
        "Responsibilities and boundaries",
        "partner role responsibilit cover|scope limit|end collaboration",
        (
            "protocol referral community voluntary public sector service",
            "internal polic outlin role accountab collaboration",
        ),
        (
            "agree mutual|together responsibilit relate expect each|other",
            "direct contact clear repl|respon soon|time",
        ),
        (Who((CROSS,)),),
    ),
    Facts(
        "GA3",
        "governance",
        "Leadership and shared decision-making",
        "decision affect|influence mak involve|help people|those",
        (
            "citizen assembl",
            "stakeholder group",
            "leadership board",
            "community-led governance action partnership network",
        ),
        ("evolv structure not|rather fix", "value decision", "divers inclusi represent tokenism without|avoid"),
        (Who((LOCAL,), "usually convenor"), Who((CROSS,), "representative")),
    ),
    Facts(
        "GA4",
        "governance",
        "Policies and procedures",
        "formal law|legislat collaborat process",
        ("formal process requirement collaborat organisation wider",),
        ("time resource collaborat", "provide co-produc framework process require not|more_than"),
        (Who((CROSS,), "within between organisation"),),
    ),
    Facts(
        "GA5",
        "governance",
        "Regional/national bodies or infrastructures",
        "coordinat conven|bring inform local collaboration",
        ("public bod", "voluntary council", "umbrella organisation", "membership bod"),
        ("relevant specific sector information connection infrastructure",),
        (Who((PUBLIC, THIRD)),),
        any_stage=True,
    ),
    Facts(
        "GA6",
        "governance",
        "Focused collaboration sub-groups",
        "member focus|concentrat develop expertise interest",
        ("team group theme delivery research collaboration in|within across",),
        ("sub-group communicat|talk", "not|avoid layer governance more|extra|add"),
        (Who((CROSS,), "practice delivery role"),),
    ),
    Facts(
        "GA7",
        "governance",
        "Supporting workforce capacity and consistency",
        "time collaborat work relationship develop|grow",
        ("living wage requir grant funder commissioner grantee",),
        ("longer-term|longer_term funding core cost staff",),
        (Who((CROSS,), "leader funder commissioner"),),
    ),
    Facts(
        "FM1",
        "finance",
        "Grant funding",
        "communit more|increas get|access control funding particular|specific grant structure requirement",
        (
            "flexible rolling grant pandemic",
            "proportional grant administrative requirement size",
        ),
        (
            "flexib proportional access longer-term larg grant without|not",
            "participatory grantee decid|determin nature funding",
        ),
        (Who((PUBLIC, THIRD, LOCAL, NATIONAL), "funder"),),
    ),
    Facts(
        "FM2",
        "finance",
        "Commissioning and contracting",
        "preventative system-level goal outcome output not|rather together|collaborat",
        (
            "collaborative commission",
            "joint commission",
            "strategic commission",
            "place-based commission",
            "outcomes-based commission",
        ),
        ("outcome not|rather output macro system-level goal", "together|collaborat decid|determin"),
        (Who((PUBLIC, LOCAL, NATIONAL), "strategic commissioning role"),),
    ),
    Facts(
        "FM3",
        "finance",
        "Community wealth building",
        "supply chain wealth local keep|retain",
        ("for_social_purpose", "community investment wealth fund"),
        ("adapt spend invest already|exist local organisation social environmental asset",),
        (Who((LOCAL,)),),
    ),
    Facts(
        "FM4",
        "finance",
        "Infrastructure and estates",
        "communit more|increas own manag building land",
        ("community asset transfer", "land trust", "estate rationalisation"),
        (
            "support keep|ongoing responsibilit hand not|rather",
            "not transfer|pass asset risk burden",
            "involv experience|done before|prior",
        ),
        (Who((LOCAL, GROUPS)),),
    ),
    Facts(
        "FM5",
        "finance",
        "Fundraising",
        "start|off_the_ground informal work fund|pay",
        ("crowdfunding", "local_giving", "private donation"),
        ("build communit connection|link believe care",),
        (Who((LOCAL, GROUPS, CITIZENS)),),
    ),
    Facts(
        "FM6",
        "finance",
        "Convening resources",
        "avoid fragment|split duplicat|repeat effort more effective shared goal",
        (
            "pool budget capacity",
            "in_kind not|non- mone",
            "skill knowledge exchange",
        ),
        ("skill resource experience already ‘the_system’ build use|utilis ‘reinvent_the_wheel’ not",),
        (Who((CROSS,), "leadership"),),
    ),
    Facts(
        "FM7",
        "finance",
        "Reporting impact",
        "‘what_works’ sustainable funding more learn|understand",
        ("case stud stor", "standardised reporting tool approach", "work researcher"),
        (
            "captur|record communicat|tell ‘invisible_impacts’",
            "keep|ongoing again|iterative learn report shar",
            "together|co-defin before|advance ‘success’ measure",
        ),
        (Who((CROSS,), "practice delivery role"),),
        any_stage=True,
    ),
)
