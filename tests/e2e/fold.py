"""A debate as a client folds it from the records on the wire, written from their description alone."""

from typing import Any

Record = dict[str, Any]


class Fold:
    """Seats, hands, questions, people and contributions after the records taken so far."""

    def __init__(self) -> None:
        self.seq = 0
        self.phase = "draft"
        self.is_frozen = False
        self.seats: dict[int, dict[str, Any]] = {}
        self.hands: dict[str, tuple[bool, int]] = {}
        self.focus: int | None = None
        self.questions: dict[int, Any] = {}
        self.order: list[int] = []
        self.people: set[str] = set()
        self.contributions: dict[int, dict[str, Any]] = {}
        self.is_asking_for_room = False

    def take(self, record: Record) -> None:
        assert record["seq"] > self.seq, f"{record} after {self.seq}"
        self.seq = record["seq"]
        kind = record["type"]
        subject = kind.partition(".")[0]
        take = getattr(self, f"_{subject}", None)
        if take is not None:
            take(kind, record)

    def view(self) -> dict[str, Any]:
        """The same things as `view_of` finds in a snapshot."""
        counts = dict.fromkeys(self.questions, 0)
        for said in self.contributions.values():
            for question in said["questions"] if said["status"] == "posted" else ():
                counts[question] += 1
        return {
            "phase": self.phase,
            "frozen": self.is_frozen,
            "asking for room": self.is_asking_for_room,
            "seats": {
                number: (seat["kind"], seat["state"], seat["person"]) for number, seat in self.seats.items()
            },
            "hands": sorted(
                self.hands, key=lambda person: (not self.hands[person][0], self.hands[person][1])
            ),
            "questions": [
                (number, self.questions[number], number == self.focus, counts[number])
                for number in self.order
            ],
            "people": self.people,
            "contributions": self.contributions,
        }

    def _debate(self, kind: str, record: Record) -> None:
        pass

    def _phase(self, kind: str, record: Record) -> None:
        self.phase = record["phase"]
        if self.phase == "correction":
            self.hands.clear()
            self.is_asking_for_room = False
            for seat in self.seats.values():
                seat["person"] = None
                seat["state"] = "closed" if seat["state"] == "closed" else "free"

    def _floor(self, kind: str, record: Record) -> None:
        self.is_frozen = kind == "floor.frozen"

    def _person(self, kind: str, record: Record) -> None:
        if kind in ("person.left", "person.replaced"):
            self.people.discard(record["person"])
        elif kind == "person.erased":
            pass  # who is known stays known, without a name
        elif record.get("role") != "organiser":
            self.people.add(record["person"])

    def _seat(self, kind: str, record: Record) -> None:
        if kind == "seat.opened":
            before = self.seats.get(record["seat"], {})
            self.seats[record["seat"]] = before | {
                "kind": record["kind"], "state": "free", "person": None, "lent": False,
            }  # fmt: skip
            return
        seat = self.seats[record["seat"]]
        person = record.get("person")
        match kind:
            case "seat.closed":
                seat.update(state="closed", person=None, lent=False)
            case "seat.offered":
                seat.update(state="offered", person=person)
            case "seat.declined":
                seat.update(state="lent" if seat["lent"] else "free", person=None)
            case "seat.taken":
                seat.update(state="taken", person=person)
                if record["why"] == "reserved" or seat.get("speaker") == person:
                    seat.update(lent=False, speaker=person)
                self.hands.pop(str(person), None)
            case "seat.leaving":
                seat.update(state="leaving")
            case "seat.lent":
                seat.update(state="lent", person=None, lent=True, speaker=person)
            case "seat.away":
                seat.update(state="away")
            case "seat.back":
                seat.update(state="taken")
            case "seat.freed":
                seat.update(state=record["state"], person=None)

    def _hand(self, kind: str, record: Record) -> None:
        if kind == "hand.raised":
            self.hands[record["person"]] = (record.get("first", False), record["seq"])
        else:
            self.hands.pop(record["person"], None)

    def _circle(self, kind: str, record: Record) -> None:
        self.is_asking_for_room = kind != "circle.eased"

    def _question(self, kind: str, record: Record) -> None:
        if kind == "question.focused":
            self.focus = record.get("question")
        elif kind in ("question.moved", "question.dropped"):
            self.order.remove(record["question"])
            if kind == "question.moved":
                self.order.insert(record["to"] - 1, record["question"])
        elif "text" in record:
            if kind == "question.added":
                self.order.append(record["question"])
            self.questions[record["question"]] = record["text"]

    def _contribution(self, kind: str, record: Record) -> None:
        number = record["contribution"]
        said = self.contributions.setdefault(number, {"endorsements": 0, "highlighted": False})
        match kind:
            case "contribution.posted" | "contribution.restored":
                said.update(
                    text=record["text"], status=record.get("status", "posted"), path=record["path"],
                    circle=record["circle"], questions=[tag["question"] for tag in record["tags"]],
                )  # fmt: skip
            case "contribution.hidden" | "contribution.withdrawn" | "contribution.erased":
                said.update(text=None, status=kind.partition(".")[2])
            case "contribution.tagged":
                for each in (number, *record["replies"]):
                    self.contributions[each]["questions"] = [tag["question"] for tag in record["tags"]]
            case "contribution.threaded":
                for each in (number, *record["replies"]):
                    self.contributions[each]["questions"] = [tag["question"] for tag in record["tags"]]
                for each in self.contributions.values():
                    if f"{each['path']}.".startswith(f"{record['was']}."):
                        each["path"] = record["path"] + each["path"][len(record["was"]) :]
            case "contribution.highlighted":
                said["highlighted"] = record["on"]
            case "contribution.endorsed":
                said["endorsements"] = record["endorsements"]


def view_of(snapshot: dict[str, Any]) -> dict[str, Any]:
    """The parts of a snapshot that the records alone must lead to."""
    return {
        "phase": snapshot["debate"]["phase"],
        "frozen": snapshot["debate"]["frozen"],
        "asking for room": snapshot["circle_full"] is not None,
        "seats": {
            seat["seat"]: (seat["kind"], seat["state"], seat.get("person")) for seat in snapshot["seats"]
        },
        "hands": [hand["person"] for hand in snapshot["hands"]],
        "questions": [
            (each["question"], each["text"], each["focus"], each["contributions"])
            for each in snapshot["questions"]
        ],
        "people": {person["person"] for person in snapshot["people"]},
        "contributions": {
            said["contribution"]: {
                "text": said["text"],
                "status": said["status"],
                "path": said["path"],
                "circle": said["circle"],
                "questions": [tag["question"] for tag in said["tags"]],
                "endorsements": said["endorsements"],
                "highlighted": said.get("highlighted", False),
            }
            for said in snapshot["contributions"]
        },
    }
