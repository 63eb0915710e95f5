"""Counts small elections the slow way: one ballot at a time, all numbers fractions. The tests compare with it."""

from fractions import Fraction

from participation.counting.rules import Completion, Decisions, Kind, Rule, Utility, default_utility


class Reference:
    """An election as plain lists: `ballots` holds (project indices, points or None) for every ballot cast."""

    def __init__(self, costs, budget, vote_type, ballots, rule, decisions=None, default=Fraction(0)):
        self.costs, self.budget, self.vote_type, self.ballots = costs, budget, vote_type, ballots
        self.rule, self.default = rule, default
        decisions = decisions or Decisions()
        self.kept = [int(name) for name in decisions.kept]
        self.out = {int(name) for name in decisions.withdrawn + decisions.ruled_out}
        self.groups = [{int(name) for name in group} for group in decisions.exclusive]

    def winners(self):
        ranked = self.eligible_by_rank()
        if self.rule.kind is not Kind.EQUAL_SHARES:
            return sorted(self.greedy(list(self.kept), ranked))
        funded = self.equal_shares(ranked)
        if self.rule.comparison:
            rival = self.greedy(list(self.kept), ranked, Kind.GREEDY)
            ours = [(self.liking(ballot, rival), self.liking(ballot, funded)) for ballot in self.ballots]
            if sum(one > other for one, other in ours) > sum(one < other for one, other in ours):
                return sorted(rival)
        return sorted(funded)

    # Tallies and rank

    def points(self, ballot):
        named, points = ballot
        if self.vote_type in ("choose-1", "approval", "knapsack"):
            return [Fraction(1)] * len(named)
        return [Fraction(len(named) - place) for place in range(len(named))] if points is None else points

    def tally(self, project):
        total = Fraction(0)
        for ballot in self.ballots:
            total += sum(point for one, point in zip(ballot[0], self.points(ballot), strict=True) if one == project)
            if self.vote_type == "scoring" and project not in ballot[0]:
                total += self.default
        return total

    def tie_key(self, project):
        return (self.costs[project] if self.rule.cheaper_first else 0, project)

    def eligible_by_rank(self):
        threshold, valid = self.rule.threshold, sum(bool(ballot[0]) for ballot in self.ballots)
        least = None
        if threshold:
            least = Fraction(threshold.value) * (Fraction(valid, 100) if threshold.is_share else 1)
        tallies = {project: self.tally(project) for project in range(len(self.costs))}
        eligible = [
            project
            for project, tally in tallies.items()
            if project not in self.out and project not in self.kept and (least is None or tally >= least)
        ]
        return sorted(eligible, key=lambda project: (-tallies[project], self.tie_key(project)))

    def is_excluded(self, project, funded):
        return any(project in group and group & (set(funded) - {project}) for group in self.groups)

    def left(self, funded):
        return self.budget - sum(self.costs[project] for project in funded)

    # Greedy

    def greedy(self, funded, ranked, kind=None):
        kind = kind or self.rule.kind
        for project in ranked:
            if project in funded or self.is_excluded(project, funded):
                continue
            if self.costs[project] <= self.left(funded):
                funded.append(project)
            elif kind is Kind.TOP_UP:
                if self.left(funded) >= self.costs[project] * Fraction(self.rule.top_up_percent) / 100:
                    funded.append(project)
                break
            elif kind is Kind.GREEDY_NO_SKIP:
                break
        return funded

    # Equal shares

    @property
    def utility(self):
        return self.rule.utility or default_utility(self.vote_type)

    def support(self, ballot, project):
        named = [point for one, point in zip(ballot[0], self.points(ballot), strict=True) if one == project]
        if self.utility is Utility.COST:
            return Fraction(self.costs[project] or 1) if named else Fraction(0)
        return max(Fraction(0), sum(named, Fraction(0)))

    def liking(self, ballot, funded):
        if self.utility is Utility.COST:
            return len(set(ballot[0]) & set(funded))
        return sum(point for one, point in zip(ballot[0], self.points(ballot), strict=True) if one in funded)

    def equal_shares(self, ranked):
        money = self.left(self.kept)
        share = Fraction(money, len(self.ballots)) if self.ballots else Fraction(0)
        supports = {project: [self.support(ballot, project) for ballot in self.ballots] for project in ranked}
        raising = self.rule.completion in (Completion.ADD1, Completion.ADD1U)
        if raising and self.rule.integral_start:
            share -= share % self.rule.increment
        bought = self.run(share, supports)
        while raising and not self.is_complete(bought, supports, money):
            share += self.rule.increment
            raised = self.run(share, supports)
            if sum(self.costs[project] for project in raised) > money:
                break
            bought = raised
        funded = [*self.kept, *bought]
        if self.rule.completion in (Completion.UTILITARIAN, Completion.ADD1U):
            self.greedy(funded, ranked, Kind.GREEDY)
        return funded

    def is_complete(self, bought, supports, money):
        funded = [*self.kept, *bought]
        waiting = [project for project in supports if project not in bought and not self.is_excluded(project, funded)]
        left = money - sum(self.costs[project] for project in bought)
        exhausted = self.rule.stop_when_exhaustive and all(self.costs[project] > left for project in waiting)
        return exhausted or not any(any(supports[project]) for project in waiting)

    def run(self, share, supports):
        money = [share] * len(self.ballots)
        bought = []
        while True:
            prices = {}
            for project, support in supports.items():
                if project in bought or self.is_excluded(project, [*self.kept, *bought]) or not any(support):
                    continue
                price = self.price(self.costs[project], support, money)
                if price is not None:
                    prices[project] = price
            if not prices:
                return bought
            free = [project for project in prices if not self.costs[project]]
            best = min(free) if free else min(prices, key=lambda project: (prices[project], self.tie_key(project)))
            bought.append(best)
            for voter, support in enumerate(supports[best]):
                money[voter] -= min(money[voter], prices[best] * support)

    @staticmethod
    def price(cost, support, money):
        """The least price per utility at which the supporters pay the cost, None if they cannot."""
        if not cost:
            return Fraction(0)
        behind = sorted((left / gain, left, gain) for left, gain in zip(money, support, strict=True) if gain)
        unpaid, gains = Fraction(cost), sum(gain for _, _, gain in behind)
        for most, left, gain in behind:
            if unpaid <= most * gains:
                return unpaid / gains
            unpaid, gains = unpaid - left, gains - gain
        return None


def reference_winners(costs, budget, vote_type, ballots, rule: Rule, decisions=None, default=Fraction(0)):
    return Reference(costs, budget, vote_type, ballots, rule, decisions, default).winners()
