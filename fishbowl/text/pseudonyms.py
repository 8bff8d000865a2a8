"""The words pseudonyms are made of.

Lists of our own, knowing nothing of who bears them. Any adjective goes with any animal and any number in a
school class: no word of race, body, mood or size, no animal that is an insult somewhere, none of the numbers
that are signs of something else. Every combination fits a handle (20 characters, no spaces).
"""

ADJECTIVES: tuple[str, ...] = tuple(
    """
    Amber Azure Blue Bright Calm Candid Careful Cheery Clear Clever Copper Coral Cosmic Crimson Curious
    Daring Eager Early Fair Friendly Gentle Golden Green Happy Honest Indigo Jade Jolly Keen Kind Lilac
    Lively Lucky Lunar Maple Merry Misty Modest Noble Olive Patient Polite Prompt Proud Purple Quick Quiet
    Ready Royal Ruby Sandy Scarlet Silver Sincere Smart Snowy Solar Stellar Sunny Teal Thrifty Tidy Violet
    Warm Wise Witty
    """.split()
)

ANIMALS: tuple[str, ...] = tuple(
    """
    Albatross Alpaca Antelope Avocet Badger Bison Bittern Bluebird Bumblebee Bunting Buzzard Caribou
    Chaffinch Chamois Cheetah Chipmunk Corgi Cormorant Cricket Curlew Dipper Dolphin Dormouse
    Dragonfly Dunlin Egret Eland Falcon Fieldfare Finch Firefly Flamingo Gazelle Gecko Giraffe
    Goldcrest Goldfinch Grebe Greyhound Hamster Hare Hedgehog Heron Ibex Ibis Iguana Impala Jackdaw
    Jaguar Jerboa Kestrel Kingfisher Kiwi Koala Ladybird Lapwing Lark Lemur Leopard Linnet Llama Lynx
    Magpie Mallard Manatee Marmot Marten Meerkat Narwhal Newt Nightjar Nuthatch Ocelot Oryx Osprey
    Otter Panda Pelican Penguin Petrel Pheasant Pika Pipit Plover Pony Porpoise Puffin Quail Quokka Rabbit
    Raven Redstart Reindeer Robin Salmon Sandpiper Seahorse Seal Serval Siskin Skylark Sparrow Squirrel
    Starfish Starling Stoat Stork Swan Swift Tapir Tern Thrush Tortoise Toucan Turnstone
    Turtle Vole Wagtail Wallaby Warbler Waxwing Wigeon Wombat Wren Yak Zebra
    """.split()
)

# 69 and 88 are jokes and badges; nobody should be given one.
NUMBERS: tuple[int, ...] = tuple(number for number in range(2, 100) if number not in {69, 88})
