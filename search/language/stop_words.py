"""Words that say nothing in most places, and the places where they do.

« son » is a possessive in « son code » and a word in « le son »; « été » is a participle after
« avoir », else the summer; « AS » in capitals, among small letters, is an acronym.
"""

WORDS_TO_PASS_OVER = """
    a ai as au aux avec avez avoir avons c ca ce ceci cela celle celles celui ces cet cette ceux
    ci comme comment d dans de des dois doit donc du elle elles en es est et etait etant ete etes
    etre eu eux faire fait faut il ils j je la le les leur leurs lui m ma mais me meme mes moi mon
    n ne nos notre nous on ont or ou par peut peux pour pourquoi puis qu quand que quel quelle
    quelles quels qui quoi s sa se sera ses si son sont suis sur t ta te tes toi ton tu un
    une va veut veux vos votre vous y
"""
STOP_WORDS = frozenset(WORDS_TO_PASS_OVER.split())
ACRONYMS_WORDS = """
    ai as ca ce es est eu ma me mes ne ont sa ses si ta te tes ton
"""
ACRONYMS = frozenset(ACRONYMS_WORDS.split())
BEFORE_A_SOUND_WORDS = """
    le un du ce au quel aucun
"""
BEFORE_A_SOUND = frozenset(BEFORE_A_SOUND_WORDS.split())
HAVING_WORDS = """
    a ai ait aient as aura aurai auraient aurait auront avaient avais avait avez avoir avons
    ayant eu ont
"""
HAVING = frozenset(HAVING_WORDS.split())
BETWEEN_WORDS = """
    aussi bien deja encore jamais pas plus souvent toujours tous tout
"""
BETWEEN = frozenset(BETWEEN_WORDS.split())
WEIGHED = ACRONYMS | {"son", "ete"}


def told_apart(found: list, text: str) -> list:
    """The same tokens, those that are words where they stand no longer passed over."""
    for place, token in enumerate(found):
        if token.is_stop and token.word in WEIGHED:
            before, after = found[max(place - 2, 0) : place], found[place + 1 : place + 2]
            if _tells(token, before, after[0] if after else None, text):
                found[place] = token._replace(is_stop=False)
    return found


def _tells(token, before: list, after, text: str) -> bool:
    if token.word == "son":
        return _is_sound(before, after, text, token)
    if token.word == "ete":
        return _is_summer([other.word for other in before])
    written = text[token.start : token.end]
    if token.word not in ACRONYMS or not written.isupper():
        return False
    around = [other for other in (*before[-1:], after) if other is not None]
    return not around or any(not text[o.start : o.end].isupper() for o in around)


def _is_sound(before: list, after, text: str, token) -> bool:
    """After an article; or before nothing that could be somebody's."""
    if before and before[-1].word in BEFORE_A_SOUND:
        return True
    return after is None or after.is_stop or text[token.end : after.start] not in (" ", "\u00a0")


def _is_summer(before: list[str]) -> bool:
    while before and before[-1] in BETWEEN:
        before = before[:-1]
    return not (before and before[-1] in HAVING)


LITTLE_SAID = 0.5  # what a word that questions are made of is worth beside a telling one
OF_QUESTIONS_WORDS = """
    aider aide aimerais aller allez alors apres arrive arriver attend attendent attendre aucun
    aussi autre autres avant beaucoup besoin bien bon bonjour bonne cherche chercher chez chose
    comprend comprendre comprends connaitre croire deja demande demander depuis devrais devrait dire
    dit dites dois donner encore essaie essayer expliquer fais faites falloir fois font gens ici
    juste la-bas laisser madame maintenant merci mettre mieux moins monsieur montrer parce pas
    pendant pense personne personnes petit peu plus pourrait pourrais pouvez pouvoir premier
    premiere prendre quelqu quelque quelquun recevoir recoit recu regarde regarder rien sait
    sais sans savoir sert servir suis tellement toujours tout toute tous toutes tres trop
    trouve trouver truc utiliser vais veux veulent venir viens voir vont voudrais voudrait
    vouloir vraiment
"""
OF_QUESTIONS = frozenset(OF_QUESTIONS_WORDS.split())


SELDOM_MARKED_WORDS = """
    alors aussi beaucoup bien deja depuis encore ici juste maintenant moins parce pas pendant plus
    quelque rien sans tellement toujours tout toute tous toutes tres trop vraiment
"""
SELDOM_MARKED = frozenset(SELDOM_MARKED_WORDS.split())
"""Found everywhere: marked in extracts only when nothing else is asked for."""


def weight(word: str) -> float:
    return LITTLE_SAID if word in OF_QUESTIONS else 1.0
