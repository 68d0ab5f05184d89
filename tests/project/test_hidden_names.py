"""A method of ours that has the name of a method of Django's is called in its place: it must be
able to be, with all that Django gives it."""

import inspect
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from django.conf import settings
from django.core.management.base import BaseCommand

OWN = {path.parent.name for path in Path(settings.ROOT).glob("*/apps.py")} | {"kb"}
POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


def modules() -> list[str]:
    found = []
    for name in sorted(OWN - {"kb"}):
        package = import_module(name)
        found += [one.name for one in walk_packages(package.__path__, f"{name}.")]
    return [name for name in found if ".migrations" not in name]


def own_classes() -> set[type]:
    held = [value for name in modules() for value in vars(import_module(name)).values()]
    return {one for one in held if isinstance(one, type) and is_own(one)}


def is_own(one: type) -> bool:
    return one.__module__.partition(".")[0] in OWN


def hidden_by(one: type) -> list[str]:
    """The methods of libraries that a class hides with what cannot be called as they are."""
    found = []
    for name, value in vars(one).items():
        if not inspect.isfunction(value) or name.startswith("_"):
            continue
        theirs = [base for base in one.__mro__[1:] if not is_own(base) and name in vars(base)]
        hidden = vars(theirs[0])[name] if theirs else None
        if theirs and not takes_all_of(value, hidden):
            found.append(
                f"{one.__module__}.{one.__qualname__}.{name} hides {theirs[0].__qualname__}"
            )
    return found


def takes_all_of(own, hidden) -> bool:
    """Whether every call that the hidden method takes is one that ours takes."""
    if not inspect.isfunction(hidden):
        return False
    ours, theirs = (list(inspect.signature(one).parameters.values()) for one in (own, hidden))
    kinds = {one.kind for one in ours}
    if {inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD} <= kinds:
        return True
    names = {one.name for one in ours}
    takes_any = inspect.Parameter.VAR_KEYWORD in kinds
    count = sum(one.kind in POSITIONAL for one in theirs)
    if any(one.name not in names and not takes_any for one in theirs if is_named(one)):
        return sum(one.kind in POSITIONAL for one in ours) >= count
    return True


def is_named(one: inspect.Parameter) -> bool:
    return one.kind not in (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


def test_no_method_hides_one_of_a_library_that_is_called_otherwise():
    classes = own_classes()
    assert len(classes) > 100
    assert sorted(line for one in classes for line in hidden_by(one)) == []


def test_a_command_with_a_check_of_its_own_is_told():
    class Command(BaseCommand):
        def check(self):
            pass

    Command.__module__ = "wiki.management.commands.x"
    assert len(hidden_by(Command)) == 1
