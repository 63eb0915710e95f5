from django import forms
from django.utils.translation import gettext_lazy as _

from participation.choices import Mails
from participation.models import Budget, Category, District, Follow, Person
from participation.models.moderation import LONGEST_ANSWER


class OwnForm(forms.Form):
    def __init__(self, *args, **options) -> None:
        super().__init__(*args, auto_id="%s", use_required_attribute=False, **options)


class AnswerForm(OwnForm):
    words = forms.CharField(
        label=_("Your answer"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("You can answer once. The moderators read it."),
    )


class MailsForm(OwnForm):
    mails = forms.ChoiceField(label=_("News by mail"), choices=Mails.choices, widget=forms.RadioSelect)


class FollowForm(OwnForm):
    """A budget with its districts and categories, each to tick."""

    follow = forms.MultipleChoiceField(
        label=_("Tell me of new proposals in"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data, *, budget: Budget, person: Person) -> None:
        districts = District.objects.filter(envelope__budget=budget).distinct()
        subjects: list[Budget | District | Category] = [budget, *districts, *budget.offered_categories]
        self.subjects = {f"{one._meta.model_name}-{one.pk}": one for one in subjects}
        own = Follow.objects.filter(person=person).select_related(None)
        followed = {f"{one.noun}-{getattr(one, f'{one.noun}_id')}" for one in own}
        self.before = followed & set(self.subjects)
        super().__init__(data, initial={"follow": sorted(self.before)})
        self.fields["follow"].choices = [(name, str(one)) for name, one in self.subjects.items()]
