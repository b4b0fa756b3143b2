"""The cheapest chain of procedures that leads to one: the fewest days for all of them together.

A procedure needs all of its papers; any of some papers meets a need, and a paper comes from any
procedure that issues it. Knuth's generalization of Dijkstra finds a good chain; it counts twice what
two branches share and so may miss a better one, for which a search around that chain looks.
"""

import heapq
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf

FINEST = 1_000_000
"""Days are counted exactly in such parts; each procedure adds one part, so that of two chains of
as many days the one with fewer procedures is the cheaper."""
WORK = 600
"""About how many procedures the search for a better chain looks at."""
LEAST_TRIES = 4
"""So many chains it tries even where one look takes more than that."""


@dataclass(frozen=True, slots=True)
class Link:
    """One procedure as a link of chains."""

    id: str
    days: float
    needs: tuple[tuple[str, ...], ...]
    """For each need the papers any of which will do. Only what must come from a procedure is a
    need; what a citizen brings from elsewhere is left out."""
    gives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """Procedures in an order to do them in, the goal last, and their days added up."""

    procedures: tuple[str, ...]
    cost: float


@dataclass(frozen=True, slots=True)
class _Slice:
    """What a goal can reach backwards; procedures and needs by their places."""

    goal: int
    unmet: dict[int, int]
    """For each procedure how many of its needs are not met by what is held."""
    ready: Sequence[int]
    """The procedures with none of those."""
    waiting: Mapping[int, Sequence[int]]
    """For each of those needs the procedures that have it."""


class Ways:
    """All procedures of a library, ready to be searched from any goal."""

    def __init__(self, procedures: Iterable[Link]) -> None:
        links = tuple(procedures)
        self._ids = [link.id for link in links]
        self._place = {link.id: place for place, link in enumerate(links)}
        self._days = [link.days for link in links]
        self._weights = [round(link.days * FINEST) + 1 for link in links]
        self._issuers: dict[str, list[int]] = {}
        for place, link in enumerate(links):
            for paper in dict.fromkeys(link.gives):
                self._issuers.setdefault(paper, []).append(place)
        known: dict[tuple[str, ...], int] = {}
        self._needs = [
            tuple(known.setdefault(need, len(known)) for need in dict.fromkeys(link.needs))
            for link in links
        ]
        self._papers = list(known)
        self._makers = [
            tuple(dict.fromkeys(p for paper in papers for p in self._issuers.get(paper, ())))
            for papers in known
        ]
        self._meets: list[list[int]] = [[] for _ in links]
        for need, makers in enumerate(self._makers):
            for place in makers:
                self._meets[place].append(need)

    def cheapest(self, goal: str, held: frozenset[str]) -> Chain | None:
        """The cheapest chain to a procedure with these papers at hand; None: nothing leads there.

        The optimum where few procedures can lead to the goal, near it where many can.
        """
        part, reached, makers = self._look(goal, held)
        if not reached:
            return None
        chain = self._improved(part, self._chain(part, makers))
        return Chain(tuple(self._ids[p] for p in chain), sum(self._days[p] for p in chain))

    def missing(self, goal: str, held: frozenset[str]) -> tuple[str, ...]:
        """Where nothing leads to a procedure: papers that would open a way if they were held, too.

        They are those that no procedure issues. Where these are not enough, for procedures wait
        for one another in a circle, what the goal itself still needs is among them.
        """
        part, reached, makers = self._look(goal, held)
        if reached:
            return ()
        found = self._papers_of(self._dead_ends(part, makers))
        part, reached, makers = self._look(goal, held.union(found))
        if not reached:
            found += self._papers_of(self._still_open(part, part.goal, makers))
        return tuple(dict.fromkeys(found))

    def shortest_paper(self, papers: Sequence[str], held: frozenset[str]) -> str:
        """Of papers of equal worth one that is held, else the one with the shortest way.

        A paper that no procedure issues brings none along, so its way is the shortest; of equal
        ones the author's first.
        """
        at_hand = [paper for paper in papers if paper in held]
        return at_hand[0] if at_hand else min(papers, key=lambda paper: self._way(paper, held))

    def _way(self, paper: str, held: frozenset[str]) -> float:
        """The days until a paper is there; endless where its procedures cannot be done."""
        issuers = self._issuers.get(paper)
        if not issuers:
            return 0.0
        chains = [self.cheapest(self._ids[place], held) for place in issuers]
        return min((chain.cost for chain in chains if chain), default=inf)

    def _look(self, goal: str, held: frozenset[str]) -> tuple[_Slice, bool, dict[int, int]]:
        """What may lead to a goal, whether it does, and who meets each need."""
        part = self._slice(self._place[goal], held)
        return part, *self._settle(part)

    def _slice(self, goal: int, held: frozenset[str]) -> _Slice:
        """All that may lead to the goal, and nothing else: the rest of the library costs nothing."""
        unmet: dict[int, int] = {goal: 0}
        waiting: dict[int, list[int]] = {}
        left = [goal]
        while left:
            place = left.pop()
            for need in self._needs[place]:
                if not held.isdisjoint(self._papers[need]):
                    continue
                unmet[place] += 1
                if need in waiting:
                    waiting[need].append(place)
                    continue
                waiting[need] = [place]
                for maker in self._makers[need]:
                    if maker not in unmet:
                        unmet[maker] = 0
                        left.append(maker)
        ready = [place for place, count in unmet.items() if not count]
        return _Slice(goal, unmet, ready, waiting)

    def _settle(
        self,
        part: _Slice,
        free: Collection[int] = (),
        barred: Collection[int] = (),
        limit: float = inf,
        shared: bool = False,
    ) -> tuple[bool, dict[int, int]]:
        """Whether the goal is reached for less than the limit, and who meets each need first.

        Procedures come in the order of what they cost with all before them; some are free, and
        those barred are left out. What needs cost is added up or, where they may all be shared, is
        that of the dearest: less than that no chain costs.
        """
        weights, waiting, goal = self._weights, part.waiting, part.goal
        unmet, before, makers = part.unmet.copy(), dict[int, int](), dict[int, int]()
        ready = [(0 if p in free else weights[p], p) for p in part.ready if p not in barred]
        heapq.heapify(ready)
        while ready:
            spent, place = heapq.heappop(ready)
            if spent >= limit:
                break
            if place == goal:
                return True, makers
            for need in self._meets[place]:
                if need in makers or need not in waiting:
                    continue
                makers[need] = place
                for user in waiting[need]:
                    before[user] = spent if shared else before.get(user, 0) + spent
                    unmet[user] -= 1
                    if not unmet[user] and user not in barred:
                        weight = 0 if user in free else weights[user]
                        heapq.heappush(ready, (before[user] + weight, user))
        return False, makers

    def _chain(self, part: _Slice, makers: Mapping[int, int]) -> list[int]:
        """The goal behind what it needs, each behind what it needs itself."""
        chain: dict[int, None] = {}
        left = [(part.goal, False)]
        while left:
            place, complete = left.pop()
            if complete:
                chain[place] = None
            elif place not in chain:
                left.append((place, True))
                needs = (need for need in self._needs[place] if need in part.waiting)
                left += [(makers[need], False) for need in reversed(list(needs))]
        return list(chain)

    def _improved(self, part: _Slice, chain: list[int]) -> list[int]:
        """The best chain of a search that leaves out one procedure of a chain after the other.

        The dearest goes first. All other chains fall into parts: a better one lacks some procedure
        of this one and keeps those that went before. So nothing is searched twice, and a search
        that ends by itself has found the optimum.
        """
        best, cost = chain, self._weight(chain)
        tries = max(LEAST_TRIES, WORK // len(part.unmet))
        parts = [(chain, frozenset({part.goal}), frozenset[int]())]
        while parts:
            chain, kept, barred = parts.pop()
            for place in sorted(chain, key=self._weights.__getitem__, reverse=True):
                if place in kept:
                    continue
                room = cost - self._weight(kept)
                if room <= 0:
                    break
                if not tries:
                    return best
                tries -= 1
                without = barred | {place}
                other = self._other(part, chain, kept, without, room)
                if other:
                    parts.append((other, kept, without))
                    if self._weight(other) < cost:
                        best, cost = other, self._weight(other)
                kept |= {place}
        return best

    def _other(
        self,
        part: _Slice,
        chain: list[int],
        kept: Collection[int],
        barred: Collection[int],
        room: int,
    ) -> list[int] | None:
        """A chain without what is barred, near the one given; None where none can be cheap enough."""
        if not self._settle(part, kept, barred, limit=room, shared=True)[0]:
            return None
        _, makers = self._settle(part, frozenset(chain), barred)
        return self._chain(part, makers)

    def _weight(self, places: Iterable[int]) -> int:
        return sum(self._weights[place] for place in places)

    def _dead_ends(self, part: _Slice, makers: Mapping[int, int]) -> Iterator[int]:
        """What keeps the goal from being reached: needs that no procedure meets, done or not."""
        left, seen = [part.goal], {part.goal}
        for place in left:  # grows on the way
            for need in self._still_open(part, place, makers):
                if not self._makers[need]:
                    yield need
                left += [maker for maker in self._makers[need] if maker not in seen]
                seen.update(self._makers[need])

    def _still_open(self, part: _Slice, place: int, makers: Mapping[int, int]) -> list[int]:
        """The needs of a procedure that nothing leads to."""
        return [n for n in self._needs[place] if n in part.waiting and n not in makers]

    def _papers_of(self, needs: Iterable[int]) -> list[str]:
        return [paper for need in needs for paper in self._papers[need]]
