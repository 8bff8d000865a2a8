"""The words pseudonyms are made of, in the languages a debate may be in.

Lists of our own, knowing nothing of who bears them. Any adjective goes with any animal and any number in a
school class: no word of race, body, mood or size, no animal that is an insult somewhere, none of the numbers
that are signs of something else. Every combination fits a handle (20 characters, no spaces), also where marks
are dropped for it: German words with an umlaut are left out, a handle would misspell them.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

__all__ = ["ANONYMOUS", "NUMBERS", "WORDS", "Wordlist"]


class Wordlist(Struct, frozen=True):
    """One language's adjectives and animals. `join(adjective, animal)` makes them agree, in their order.

    An animal carries its gender behind a dot, where the language asks for it: `Reiher.m`.
    """

    adjectives: tuple[str, ...]
    animals: tuple[str, ...]
    join: Callable[[str, str], str]

    def __len__(self) -> int:
        """How many pseudonyms these words make."""
        return len(self.adjectives) * len(self.animals) * len(NUMBERS)

    def pseudonym(self, choice: int) -> str:
        """The one of that number, as "Blue Heron 41"; numbers wrap around at the end."""
        rest, adjective = divmod(choice % len(self), len(self.adjectives))
        number, animal = divmod(rest, len(self.animals))
        return f"{self.join(self.adjectives[adjective], self.animals[animal])} {NUMBERS[number]}"


def _words(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


def _english(adjective: str, animal: str) -> str:
    return f"{adjective} {animal}"


def _german(adjective: str, animal: str) -> str:
    """`Blau`, `Eule.f`: Blaue Eule."""
    name, gender = animal.split(".")
    return f"{adjective}{ {'m': 'er', 'f': 'e', 'n': 'es'}[gender] } {name}"


def _welsh(adjective: str, animal: str) -> str:
    """`Coch`, `Gwennol.f`: Gwennol Goch. The adjective follows, softened after a feminine."""
    name, gender = animal.split(".")
    return f"{name} {_softened(adjective) if gender == 'f' else adjective}"


_SOFT = {
    "Ll": "L", "Rh": "R", "Ch": "Ch", "Dd": "Dd", "Ff": "Ff", "Th": "Th", "P": "B", "T": "D", "C": "G",
    "B": "F", "D": "Dd", "G": "", "M": "F",
}  # fmt: skip
"""The soft mutation by a word's beginning, double letters first: they are letters of their own."""


def _softened(word: str) -> str:
    for beginning, soft in _SOFT.items():
        if word.startswith(beginning):
            mutated = soft + word.removeprefix(beginning)
            return mutated[0].upper() + mutated[1:]
    return word


# 69 and 88 are jokes and badges; nobody should be given one.
NUMBERS: tuple[int, ...] = tuple(number for number in range(2, 100) if number not in {69, 88})

ANONYMOUS: dict[str, str] = {"en": "Anonymous", "de": "Anonym", "cy": "Dienw"}
"""By language, before a number."""

WORDS: dict[str, Wordlist] = {
    "en": Wordlist(
        _words(
            """
            Amber Azure Blue Bright Calm Candid Careful Cheery Clear Clever Copper Coral Cosmic Crimson
            Curious Daring Eager Early Fair Friendly Gentle Golden Green Happy Honest Indigo Jade Jolly Keen
            Kind Lilac Lively Lucky Lunar Maple Merry Misty Modest Noble Olive Patient Polite Prompt Proud
            Purple Quick Quiet Ready Royal Ruby Sandy Scarlet Silver Sincere Smart Snowy Solar Stellar Sunny
            Teal Thrifty Tidy Violet Warm Wise Witty
            """
        ),
        _words(
            """
            Albatross Alpaca Antelope Avocet Badger Bison Bittern Bluebird Bumblebee Bunting Buzzard Caribou
            Chaffinch Chamois Cheetah Chipmunk Corgi Cormorant Cricket Curlew Dipper Dolphin Dormouse
            Dragonfly Dunlin Egret Eland Falcon Fieldfare Finch Firefly Flamingo Gazelle Gecko Giraffe
            Goldcrest Goldfinch Grebe Greyhound Hamster Hare Hedgehog Heron Ibex Ibis Iguana Impala Jackdaw
            Jaguar Jerboa Kestrel Kingfisher Kiwi Koala Ladybird Lapwing Lark Lemur Leopard Linnet Llama
            Lynx Magpie Mallard Manatee Marmot Marten Meerkat Narwhal Newt Nightjar Nuthatch Ocelot Oryx
            Osprey Otter Panda Pelican Penguin Petrel Pheasant Pika Pipit Plover Pony Porpoise Puffin Quail
            Quokka Rabbit Raven Redstart Reindeer Robin Salmon Sandpiper Seahorse Seal Serval Siskin Skylark
            Sparrow Squirrel Starfish Starling Stoat Stork Swan Swift Tapir Tern Thrush Tortoise Toucan
            Turnstone Turtle Vole Wagtail Wallaby Warbler Waxwing Wigeon Wombat Wren Yak Zebra
            """
        ),
        _english,
    ),
    "de": Wordlist(
        _words(
            """
            Aktiv Bedacht Beherzt Blau Blumig Bunt Diskret Ehrlich Eifrig Elegant Emsig Fair Fein Findig
            Flink Flott Frisch Galant Gelb Genau Gerecht Gewitzt Golden Heiter Hell Klug Kreativ Kupfern
            Leis Loyal Luftig Lustig Mild Munter Mutig Neblig Nett Patent Pfiffig Prompt Purpurn Rasch
            Redlich Reg Rot Ruhig Sacht Sandig Sanft Schlau Silbern Sonnig Spontan Still Stolz Tapfer Treu
            Violett Wach Wacker Wendig Witzig Wolkig
            """
        ),
        _words(
            """
            Adler.m Alpaka.n Amsel.f Antilope.f Auster.f Biber.m Bison.m Bussard.m Dachs.m Delfin.m Dohle.f
            Dorsch.m Eichhorn.n Eidechse.f Elch.m Eule.f Falke.m Falter.m Feldmaus.f Fink.m Forelle.f
            Gazelle.f Gecko.m Gepard.m Giraffe.f Grille.f Habicht.m Hamster.m Haselmaus.f Hecht.m Hirsch.m
            Hummel.f Ibis.m Igel.m Jaguar.m Karpfen.m Kiebitz.m Koala.m Kolibri.m Kormoran.m Krabbe.f
            Kranich.m Lachs.m Lama.n Leguan.m Lemur.m Leopard.m Lerche.f Libelle.f Luchs.m Makrele.f
            Marder.m Meise.f Milan.m Molch.m Okapi.n Otter.m Panda.m Papagei.m Pelikan.m Pinguin.m Pirol.m
            Puma.m Rabe.m Rebhuhn.n Reh.n Reiher.m Robbe.f Schwalbe.f Schwan.m Specht.m Sperber.m Star.m
            Steinbock.m Stieglitz.m Storch.m Tapir.m Teichhuhn.n Tukan.m Uhu.m Wiesel.n Wombat.m Zebra.n
            Zeisig.m
            """
        ),
        _german,
    ),
    "cy": Wordlist(
        _words(
            """
            Addfwyn Annwyl Arian Bywiog Call Caredig Clir Clyfar Coch Craff Cyflym Cynnar Cynnes Dawnus Dewr
            Diddan Diwyd Doeth Effro Eiddgar Euraid Ffel Ffyddlon Glas Gloyw Gofalus Gonest Graslon Hael
            Hamddenol Heulog Hoenus Hynaws Llachar Llawen Llon Llonydd Llwyd Mentrus Mwyn Oren Parod Piws
            Porffor Prysur Pwyllog Rhadlon Serchog Sionc Siriol Taclus Tawel Teg Triw Twt Union
            """
        ),
        _words(
            """
            Afanc.m Alarch.m Barcud.m Bele.m Broga.m Brithyll.m Bwncath.m Cacynen.f Cangarw.m Carlwm.m
            Carw.m Cimwch.m Coala.m Colomen.f Corhwyad.f Crëyr.m Crwban.m Cudyll.m Cwningen.f Cwtiad.m
            Dolffin.m Draenog.m Drudwen.f Dryw.m Dyfrgi.m Eog.m Eryr.m Ehedydd.m Garan.m Gwalch.m Gwdihŵ.f
            Gwennol.f Gwenynen.f Gwiwer.f Gwyfyn.m Gwylan.f Gylfinir.m Hebog.m Hwyaden.f Jiraff.m Lemwr.m
            Llama.m Llinos.f Llwynog.m Madfall.f Morlo.m Mulfran.f Mwyalchen.f Nico.m Panda.m Parot.m
            Pelican.m Pengwin.m Pibydd.m Pioden.f Robin.m Sebra.m Titw.m Tylluan.f Wenci.f
            """
        ),
        _welsh,
    ),
}
