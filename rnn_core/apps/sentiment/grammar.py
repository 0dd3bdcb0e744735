"""The grammar of reviews and their labels: an opinion is an adjective in a form, a sentence is a pattern of opinions.

The meaning determines the label. An adjective has a value, +1 or -1 (1.5 where it is strong); a form multiplies it:
"very {}" by 1.5, "not {}" by -0.7, "not {} at all" by -1.2; a frame multiplies once more: "I would not say that {}" by
-0.7, so that two negations give a weak yes. Then the pattern decides. After "but", before "although", against what was
expected and against what others say, one opinion counts and the other does not; side by side, their sum counts.

Since every pattern with two opinions may hold them either way round, the words of "slow, but not at all boring" and "not at all
boring, but slow" are the same, and their labels are not.
"""

import random
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Literal

Fits = Literal["all", "good", "bad", "plain good", "plain bad", "plain", "strong"]
SMALLEST_SUM = 0.45  # the absolute sum of two contrary opinions is at least this, so that the label is clear


@dataclass(frozen=True)
class Adjective:
    word: str
    value: float


@dataclass(frozen=True)
class Aspect:
    """A subject of opinions, with its adjectives."""

    name: str  # or several: "the film|this film"
    good: tuple[str, ...]
    bad: tuple[str, ...]
    plural: bool = False


@dataclass(frozen=True)
class Topic:
    name: str
    whole: Aspect  # the film itself, whose adjectives need no subject in "not boring, but slow"
    parts: tuple[Aspect, ...]
    neutral_clauses: tuple[str, ...]  # clauses without an opinion


@dataclass(frozen=True)
class Form:
    template: str
    factor: float
    fits: Fits = "all"
    simple: bool = False  # allowed inside a frame that negates
    twice: bool = False  # a double negation

    def takes(self, adjective: Adjective) -> bool:
        strong, good = abs(adjective.value) > 1.0, adjective.value > 0
        kinds = {"strong": strong, "plain": not strong, "good": good, "bad": not good}
        return self.fits == "all" or all(kinds[kind] for kind in self.fits.split())


@dataclass(frozen=True)
class Frame:
    template: str  # around a clause
    factor: float = 1.0


@dataclass(frozen=True)
class Pattern:
    """`{a.clause}` (the plot is slow), `{a.phrase}` (slow), `{a.thing}`, `{a.it}` as an object, `{a.again}` (it is slow).

    The same for b, and for c, which is next to a and has its sign.
    """

    template: str
    decides: Literal["a", "b", "sum"]
    same_thing: bool = False  # both opinions are about one aspect
    bare: bool = False  # phrases without a subject, about the whole
    positive_forms_only: bool = False  # the forms may not negate: "I expected it to be not good" is no English
    agree: bool = False  # both opinions have one sign
    weight: int = 1

    @property
    def opinions(self) -> int:
        return sum(f"{{{name}." in self.template for name in "abc")

    @property
    def is_symmetric(self) -> bool:
        """Whether a and b can be exchanged, which reverses the label."""
        return self.opinions == 2 and self.decides != "sum"


@dataclass(frozen=True)
class Grammar:
    language: str
    topics: tuple[Topic, ...]
    general: tuple[Adjective, ...]  # adjectives for every aspect
    strong: frozenset[str]
    forms: tuple[Form, ...]
    frames: tuple[Frame, ...]
    patterns: tuple[Pattern, ...]
    never_negatable: frozenset[str]  # words that cannot be negated
    never_negated: frozenset[str]  # words that the training data never negate

    verbs: tuple[tuple[str, str], ...]  # for each tense: thing and phrase, singular and plural, "{} is {}"
    pronouns: tuple[str, str]  # it, they
    objects: tuple[str, str]  # it, them
    joint: str  # between a neutral clause and the sentence
    end: str
    spaced: bool  # Chinese has no spaces between words


@dataclass(frozen=True)
class Opinion:
    aspect: Aspect
    adjective: Adjective
    form: Form
    frame: Frame | None

    @property
    def value(self) -> float:
        return self.adjective.value * self.form.factor * (self.frame.factor if self.frame else 1.0)

    @property
    def negated(self) -> bool:
        return self.form.factor < 0 or self.form.twice or (self.frame is not None and self.frame.factor < 0)


@dataclass(frozen=True)
class OpinionTexts:
    """An opinion in the forms that a pattern may need."""

    clause: str
    phrase: str
    thing: str
    it: str
    again: str


@dataclass(frozen=True)
class Review:
    text: str
    value: float  # above 0 is positive
    pattern: Pattern
    opinions: tuple[Opinion, ...]  # a, b, c

    @property
    def positive(self) -> bool:
        return self.value > 0

    @property
    def deciding(self) -> tuple[Opinion, ...]:
        return self.opinions if self.pattern.decides == "sum" else (self.opinions["ab".index(self.pattern.decides)],)


@dataclass(frozen=True)
class Context:
    before: tuple[str, ...]
    after: tuple[str, ...]
    verbs: tuple[str, str]


class Writer:
    """Writes random reviews of one grammar."""

    def __init__(self, grammar: Grammar, seed: int) -> None:
        self.grammar, self.random = grammar, random.Random(seed)
        self._weights = list(accumulate(each.weight for each in grammar.patterns))
        self._forms = {
            (negated, simple): [f for f in grammar.forms if (f.factor < 0) == negated and (f.simple or not simple)]
            for negated in (False, True)
            for simple in (False, True)
        }

    def review(self, neutral_clauses: int | None = None) -> Review:
        """A review with this number of neutral clauses; by default none, one or two."""
        pick, g = self.random, self.grammar
        topic = pick.choice(g.topics)
        while True:
            pattern = pick.choices(g.patterns, cum_weights=self._weights)[0]
            opinions = self._opinions(topic, pattern)
            if (
                pattern.decides != "sum"
                or len(opinions) == 1
                or abs(sum(each.value for each in opinions)) >= SMALLEST_SUM
            ):
                break
        count = pick.choice((0, 0, 1, 1, 2)) if neutral_clauses is None else neutral_clauses
        return self._written(pattern, opinions, self._context(topic, count))

    def pair(self) -> tuple[Review, Review]:
        """Two reviews of the same words, one positive and one negative, in which two opinions are exchanged."""
        pick = self.random
        patterns = [each for each in self.grammar.patterns if each.is_symmetric]
        topic = pick.choice(self.grammar.topics)
        pattern = pick.choices(patterns, [each.weight for each in patterns])[0]
        a, b = self._opinions(topic, pattern)
        context = self._context(topic, pick.choice((0, 1)))
        return self._written(pattern, (a, b), context), self._written(pattern, (b, a), context)

    def _context(self, topic: Topic, count: int) -> Context:
        """The neutral clauses before and after the sentence, and its tense."""
        chosen = self.random.sample(topic.neutral_clauses, min(count, len(topic.neutral_clauses)))
        before = self.random.randint(0, len(chosen))
        return Context(tuple(chosen[:before]), tuple(chosen[before:]), self.random.choice(self.grammar.verbs))

    def _opinions(self, topic: Topic, pattern: Pattern) -> tuple[Opinion, ...]:
        """a and b are each good or bad with probability 1/2; c has the sign of a."""
        pick = self.random
        sign = pick.choice((1, -1))
        signs = [sign, sign if pattern.agree else -sign, sign][: pattern.opinions]
        if pattern.bare:
            aspects = [topic.whole] * 3
        elif pattern.same_thing:
            aspects = [pick.choice((topic.whole, *topic.parts))] * 3
        else:
            aspects = pick.sample((topic.whole, *topic.parts), 3)
        named = {each.name: replace(each, name=pick.choice(each.name.split("|"))) for each in aspects}
        aspects = [named[each.name] for each in aspects]
        opinions: list[Opinion] = []
        for aspect, wanted in zip(aspects, signs, strict=False):
            opinion = self._opinion(aspect, wanted, pattern)
            while any(opinion.adjective == other.adjective for other in opinions):
                opinion = self._opinion(aspect, wanted, pattern)
            opinions.append(opinion)
        return tuple(opinions)

    def _opinion(self, aspect: Aspect, sign: int, pattern: Pattern) -> Opinion:
        """Half of the opinions negate the opposite adjective, so an adjective alone does not determine the label."""
        pick, g = self.random, self.grammar
        framed = not (pattern.bare or pattern.same_thing) and pick.random() < 0.25
        frame = pick.choice(g.frames) if framed else None
        turned = frame is not None and frame.factor < 0
        while True:
            negated = not pattern.positive_forms_only and pick.random() < 0.5
            form = pick.choice(self._forms[negated, turned])
            factor = form.factor * (frame.factor if frame else 1.0)
            adjective = self._adjective(aspect, good=sign * factor > 0)
            opinion = Opinion(aspect, adjective, form, frame)
            if form.takes(adjective) and not (opinion.negated and adjective.word in g.never_negatable):
                return opinion

    def _adjective(self, aspect: Aspect, good: bool) -> Adjective:
        g, value = self.grammar, 1.0 if good else -1.0
        own = [
            Adjective(word, value * (1.5 if word in g.strong else 1.0))
            for word in (aspect.good if good else aspect.bad)
        ]
        common = [each for each in g.general if (each.value > 0) == good]
        return self.random.choice(own if self.random.random() < 0.75 else common)

    def _written(self, pattern: Pattern, opinions: tuple[Opinion, ...], context: Context) -> Review:
        texts = {name: self._texts_of(each, context.verbs) for name, each in zip("abc", opinions, strict=False)}
        sentences = (*context.before, pattern.template.format(**texts), *context.after)
        text = self.grammar.joint.join(each[:1].upper() + each[1:] for each in sentences) + self.grammar.end
        match pattern.decides:
            case "a":
                value = opinions[0].value
            case "b":
                value = opinions[1].value
            case _:
                value = sum(each.value for each in opinions)
        return Review(text if self.grammar.spaced else text.replace(" ", ""), value, pattern, opinions)

    def _texts_of(self, opinion: Opinion, verbs: tuple[str, str]) -> OpinionTexts:
        g, many = self.grammar, opinion.aspect.plural
        phrase = opinion.form.template.format(opinion.adjective.word)
        clause = verbs[many].format(opinion.aspect.name, phrase)
        if opinion.frame is not None:
            clause = opinion.frame.template.format(clause)
        return OpinionTexts(
            clause, phrase, opinion.aspect.name, g.objects[many], verbs[many].format(g.pronouns[many], phrase)
        )
