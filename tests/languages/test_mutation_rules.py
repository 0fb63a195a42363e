"""Mutations that are certain: faults that every reader of Welsh sees, and sentences that nobody would mark."""

from __future__ import annotations

import pytest

from toolkit_builder.languages.mutation_rules import RULES, missing_mutations

WRONG = {
    "Mae’r pecyn i plant y cwm.": "i blant",
    "Cafwyd cymorth i pawb.": "i bawb",
    "Rhowch le i gwaith ieuenctid.": "i waith",
    "I llawer o bobl, dyma’r peth pwysicaf.": "I lawer",
    "Grŵp o pobl ifanc.": "o bobl",
    "Daeth criw o Caerdydd.": "o Gaerdydd",
    "Taith o Llanelli i Powys.": "o Lanelli; i Bowys",
    "Mae’n un o gweithgareddau’r haf.": "",
    "Sgwrs am tai.": "am dai",
    "Mae’r llyfr ar bwrdd y gegin.": "ar fwrdd",
    "Anfonwch ef at pwyllgor y pentref.": "at bwyllgor",
    "Dan pwysau mawr.": "Dan bwysau",
    "Teithiodd dros mynydd a môr.": "dros fynydd",
    "Drwy cydweithio, gallwn wneud mwy.": "Drwy gydweithio",
    "Arian gan Llywodraeth Cymru.": "gan Lywodraeth",
    "Heb cymorth, ni allwn ddechrau.": "Heb gymorth",
    "Wrth trafod, daw syniadau newydd.": "Wrth drafod",
    "Rhieni a plant.": "a phlant",
    "Caerdydd a Casnewydd.": "a Chasnewydd",
    "Siaradwch â pobl leol.": "â phobl",
    "Gweithiwch gyda cymunedau.": "gyda chymunedau",
    "Cytunwch gyda Cyngor Gwynedd.": "gyda Chyngor",
    "Daeth tua cant o bobl.": "tua chant",
    "Mae hyn yn well na cynllun.": "na chynllun",
    "Dau cam syml.": "Dau gam",
    "Y ddau prosiect cyntaf.": "ddau brosiect",
    "Dwy merch.": "Dwy ferch",
    "Dwy blynedd o waith.": "Dwy flynedd",
    "Tri peth i’w gwneud.": "Tri pheth",
    "Chwe person.": "Chwe pherson",
    "Saith blynedd yn ôl.": "Saith mlynedd",
    "Pum blynedd o gydweithio.": "Pum mlynedd",
    "Dyma fy cynllun.": "fy nghynllun",
    "Fy tad a fy mam.": "Fy nhad",
    "Dyma dy cyfle.": "dy gyfle",
    "Y bwrdd a ei partneriaid.": "ei phartneriaid",
    "Mae ein ardal yn newid.": "ein hardal",
    "Eu asedau yw’r adeiladau.": "Eu hasedau",
    "Rydym yn byw yn Caerdydd.": "yng Nghaerdydd",
    "Yn Cymru, mae’r gwaith yn tyfu.": "Yng Nghymru",
    "Cyfarfod yn Bangor ac yn Dolgellau.": "ym Mangor; yn Nolgellau",
    "Pa cam yw hwn?": "Pa gam",
    "Unrhyw mater arall.": "Unrhyw fater",
    "Prif tasg y bwrdd.": "Prif dasg",
    "Yr holl pobl.": "holl bobl",
    "Yr ail cyfarfod.": "ail gyfarfod",
    "Dyma cyfle da.": "Dyma gyfle",
    "Pan cafwyd yr arian, dechreuodd y gwaith.": "Pan gafwyd",
    "Nid yw mor pwysig â hynny.": "mor bwysig",
    "Mae’n rhy pell.": "rhy bell",
    "Bu cryn trafod.": "cryn drafod",
    "Siaradwch â’n aelodau.": "â’n haelodau",
    "Ein gwaith a’n adnoddau.": "a’n hadnoddau",
    "Gweithiwch gyda’n ardal ni.": "gyda’n hardal",
    "Y plant a’u ysgol.": "a’u hysgol",
    "Ewch â’u offer yno.": "â’u hoffer",
    "Rhai o’u asedau.": "o’u hasedau",
    "Dewch gyda’u anrhegion.": "gyda’u hanrhegion",
    "Mae’r partneriaeth yn tyfu.": "Mae’r bartneriaeth",
    "Aeth y cymuned ati.": "y gymuned",
    "Gwrandewch ar y pobl leol, ac i’r mam.": "y bobl; i’r fam",
    "Un cronfa, un gwefan.": "Un gronfa; un wefan",
}

RIGHT = """\
Rhoddodd y cyngor arian i blant a phobl ifanc y cwm.
Dewch i mewn i’r neuadd, ac yna i fyny’r grisiau i’r llofft.
Mae croeso i chi, i mi ac i ti, i ni i gyd.
Aeth y gwaith i ben, ac aeth pawb i ffwrdd i wneud rhywbeth arall.
Roeddwn i mewn cyfarfod, a phan ddaeth y cadeirydd, codais i gwestiwn.
Yn fy mhrofiad i, mae pobl yn barod i helpu.
Es i Gaerdydd ddoe, ac i Lundain heddiw.
Mae lle i bawb, o bob oed ac o bob rhan o Gymru.
Mae tri o bobl yn dod o Ferthyr Tudful a dwy o Fangor.
Mae o’n gweithio i Gyngor Gwynedd, a bydd o mewn cyfarfod yfory.
O leiaf unwaith y mis, o fis i fis, mae’r grŵp yn cwrdd.
O ganlyniad, cynyddodd y nifer o tua deg i ryw gant.
Beth am ofyn i’r plant? Am faint o’r gloch, ac am ba hyd?
Cytunwyd ar gynllun, ar gyllideb ac ar bwy sy’n gyfrifol.
Ar y cyd, ar draws y sir ac ar hyd yr arfordir.
Ysgrifennwch at bawb, at y pwyllgor ac at Siân.
Dan arweiniad y gymuned, ac o dan reolaeth y bwrdd.
Dros amser, dros ben llestri, dros dro.
Drwy wrando a thrwy ddysgu y daw newid.
Gan fod yr arian yn brin, gan mwyaf gwirfoddolwyr sy’n helpu.
Cymorth gan Lywodraeth Cymru, gan bartneriaid a chan bobl leol.
Gan mai dyma’r cam cyntaf, gan bwyll piau hi.
Heb os, heb fawr o arian y cafwyd hyn.
Wrth gwrs, wrth i’r gwaith dyfu, wrth ymyl y swyddfa.
Cŵn a chathod, bara a menyn, te a choffi, halen a phupur.
Y rhai a ddaeth, a welodd, a gafodd ac a aeth.
Gweithiwch gyda’ch gilydd, gyda phartneriaid a gyda gwirfoddolwyr.
Siaradwch â’r bobl, â phlant ac â mudiadau.
Mae hyn yn fwy na digon, yn well na phres ac yn waeth na dim.
Ni chafodd neb ei dalu, ac ni wnaeth neb gwyno.
Tua phum mlynedd yn ôl, tua diwedd y flwyddyn.
Dau gam, dwy ffordd, dau beth a dwy ferch.
Y ddau fwyaf, y ddwy gyntaf a’r ddau arall.
Mae’r ddau mewn cytundeb, a’r ddwy mor frwd â’i gilydd.
Daeth y ddau pan oedd hi’n hwyr, cyn i’r lleill gyrraedd.
Tri chant, tri chwarter, tri mis a thri pherson.
Y tri cyntaf i ddod, y tri pwysicaf a’r tri olaf.
Chwe mis, chwe phlentyn a chwe chant o bunnau.
Pum mlynedd, saith mlynedd, deng mlynedd, tair blynedd a dwy flynedd.
Fy nghartref, fy mhentref, fy nhref, fy ngwlad, fy mrawd a fy nheulu.
Fy ffrind, fy chwaer a fy llyfr.
Dy gyfle, dy ben-blwydd a dy chwaer.
Ei blant ef a’i phlant hi; ei chath a’i gi.
Ei waith, ei llyfr, ei mam a’i hysgol.
Ein hardal, ein hiaith, ein gwaith, ein pobl ac ein tir.
Eu hysgol, eu gwlad, eu plant a’u teuluoedd.
Yng Nghymru, yng Nghaerdydd, ym Mhowys, ym Mangor ac yn Llanelli.
Yn bwysig, yn cymryd rhan, yn perthyn, yn gyflym, yn Gymraeg.
Pa fath, pa mor aml, pa rai, pa bryd?
Unrhyw gam, ambell waith, amryw byd, holl bobl y cwm.
Prif weithredwr, prif nod, prif ffrwd.
Yr ail dro, bob yn ail mis, yr ail gam.
Dyma pam, dyna pryd, dyma lle, dyna pwy, dyma gyfle, dyna ddiwedd.
Pan ddaw’r haf, pan mae’n braf, pan fydd hi’n bwrw glaw.
Mor bwysig, mor llawn, mor rhad â dim, mor dda.
Rhy fawr, rhy bell, rhy hwyr.
Neu talwch am waith anffurfiol, neu dewch i’n gweld.
Un ferch, un bachgen, un gath, un ci.
Y Gymraeg, y ferch, y bachgen, y pentref, y rhaglen.
Anfonwch e-bost i post@example.org, neu ewch i www.example.org.
Mae’r cwrs o 9 am tan 5 pm, i TGAU a Safon Uwch.
Ap o’r enw “Hwb”, i Mac a PC, gan Microsoft a Google.
Perfformiwyd “Under Milk Wood” a “The King and I” mewn neuadd.
Pwyntiau: (a) cyllid; (b) pobl; (c) tir.
I Gyngor Caerdydd ac i Brifysgol Bangor y diolchwn.
I beth, felly? O ble y daw? Â phwy y dylid siarad?
Dewch â phaned, â chacen a â gwên.
Cerddodd yn ôl ac ymlaen, o bryd i’w gilydd, o’r naill i’r llall.
Trosglwyddo asedau i grwpiau, i elusennau ac i gwmnïau.
Ewch â’r plant i’r parc, i gêm ac i gaffi.
Gwahoddwyd nifer o gyn-aelodau a chyn-staff.
Trwy’r dydd, tros y bont, trwy gymorth a thros bobl: dacw dŷ, dacw gyfle.
Ugain mlynedd, wyth mlynedd, naw mlynedd, can mlynedd a deng mlwydd oed.
Tîm o dri, a phob un â’i dasg.
Cryn dipyn o waith, a chryn nifer o bobl.
Rydw i’n aros, mae o’n ysgrifennu, a dw i’n aelod.
Ein hadnoddau a’n hardal, gyda’n haelodau ac â’n hysgolion.
Eu hasedau a’u hysgol, gyda’u hoffer, â’u harian ac o’u hardal.
A’n gwaith, a’u gwaith, gyda’n partneriaid, gyda’u plant ac o’u cwmpas.
Y gymuned, y bartneriaeth, i’r gronfa, o’r wefan, mae’r bobl, ac un dref.
Y cymunedau, y partneriaethau a’r cronfeydd; y rhaglen a’r llywodraeth.
Y perthynas agosaf, y cost a’r tudalen, a’r pobydd.
""".splitlines()


@pytest.mark.parametrize(("sentence", "meant"), WRONG.items(), ids=lambda one: one)
def test_a_mutation_that_is_certainly_lacking(sentence: str, meant: str) -> None:
    assert "; ".join(one.meant for one in missing_mutations(sentence)) == meant


@pytest.mark.parametrize("sentence", RIGHT)
def test_right_welsh_is_left_alone(sentence: str) -> None:
    assert list(missing_mutations(sentence)) == []


def test_enough_of_it_is_tried() -> None:
    assert len(RIGHT) >= 60
    tried = " ".join([*WRONG, *RIGHT]).lower().replace("’r ", " ’r ").split()
    assert [word for word in RULES if word not in tried] == []
    assert max(map(len, RULES)) <= 6


@pytest.mark.parametrize(
    "sentence",
    [
        "Gwrandewch i podcasts y prosiect.",
        "Cyfarfod o Teams, i Zoom.",
        "O the King and I, a place to meet.",
        "Cân o Caledfwlch.",
        "Arian o Postcode Lottery i Penguin.",
        "i cm, o km, a tt",
    ],
)
def test_what_is_no_welsh_is_left_alone(sentence: str) -> None:
    assert list(missing_mutations(sentence)) == []


def test_what_stands_in_the_other_language_too_is_a_name() -> None:
    assert [one.meant for one in missing_mutations("Dau tremolo.")] == ["Dau dremolo"]
    assert list(missing_mutations("Dau tremolo.", frozenset(["tremolo"]))) == []
