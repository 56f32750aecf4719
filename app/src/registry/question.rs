//! A question of step 1.

use domain::{
    account::Country,
    community::ResourceLanguage,
    registry::{
        Enrolment, EnrolmentPage,
        screening::{
            Answer, ConditionAnswer, Contact, ForWhom, HeardFrom, OtherRegistry, Question,
            Relationship, Status,
        },
    },
    time::CalendarDate,
};
use leptos::prelude::*;

use super::{
    ahead::Known,
    former::former_text,
    forms::AnswerFields,
    step_page::place,
    words::{self, name_of, option},
};
use crate::{
    catalogue::ConditionInput,
    page::Column,
    ui::form::{Ahead, Buttons, Choice, DateInput, Form, Hidden, Input, Radios, Submit, Tick},
};

/// A question, and what was answered so far.
#[component]
pub(super) fn AskQuestion(
    /// The random part of the addresses of the participant's pages.
    address: String,
    /// What is known so far.
    enrolment: Enrolment,
    /// Which question.
    question: Question,
) -> impl IntoView {
    let screening = enrolment.screening;
    let (title, hint) = words::question(question, screening.for_whom());
    let asked: Vec<EnrolmentPage> = screening.asked().map(EnrolmentPage::Screening).collect();
    let (place, links) = place(&address, &asked, EnrolmentPage::Screening(question));
    let known = expect_context::<Known>();
    let ahead = Ahead::new(move |fields: AnswerFields| known.answer(&fields));
    let present = screening.answer(question).cloned();
    let former = former_text(present.as_ref());
    let for_whom = screening.for_whom().unwrap_or(ForWhom::Myself);
    let may_be_unnamed = match screening.answer(Question::Status) {
        Some(Answer::Status(status)) => status.allows_none(),
        _ => false,
    };
    view! {
        <Column title links>
            <p class="soft">"Step 1 of 3, " {place}</p>
            <Form<AnswerFields> of=question.as_str() ahead>
                <Hidden name="participant" value=address/>
                <Hidden name="question" value=question.as_str()/>
                <Hidden name="former" value=former/>
                <Control question hint=hint.to_owned() present for_whom may_be_unnamed/>
                <Buttons>
                    <Submit label="Save and continue"/>
                </Buttons>
            </Form<AnswerFields>>
        </Column>
    }
}

#[component]
fn Control(
    question: Question,
    hint: String,
    present: Option<Answer>,
    for_whom: ForWhom,
    may_be_unnamed: bool,
) -> impl IntoView {
    let label = "Your answer";
    match question {
        Question::ForWhom => {
            let options = ForWhom::ALL.map(|one| option(one, one.label())).to_vec();
            let value = match &present {
                Some(Answer::ForWhom(one)) => name_of(one),
                _ => String::new(),
            };
            view! { <Radios name="for-whom" label hint options value/> }.into_any()
        }
        Question::Relationship => {
            let options = Relationship::of(for_whom)
                .iter()
                .map(|one| option(one, one.label()))
                .collect();
            let value = match &present {
                Some(Answer::Relationship(one)) => name_of(one),
                _ => String::new(),
            };
            view! { <Radios name="relationship" label hint options value/> }.into_any()
        }
        Question::Status => {
            let options = Status::of(for_whom)
                .iter()
                .map(|one| option(one, one.label()))
                .collect();
            let value = match &present {
                Some(Answer::Status(one)) => name_of(one),
                _ => String::new(),
            };
            view! { <Radios name="status" label hint options value/> }.into_any()
        }
        Question::Condition => view! { <ConditionControl hint present may_be_unnamed/> }.into_any(),
        Question::BirthDate => {
            let value = match present {
                Some(Answer::BirthDate(date)) => Some(date),
                _ => None,
            };
            view! { <BirthDate hint value/> }.into_any()
        }
        Question::Country => {
            let mut options = vec![(String::new(), "Choose a country".to_owned())];
            options
                .extend(Country::all().map(|one| (one.code().to_owned(), one.name().to_owned())));
            let value = match &present {
                Some(Answer::Country(one)) => one.code(),
                _ => "",
            };
            view! { <Choice name="country" label="Country" hint options value required=true/> }
                .into_any()
        }
        Question::Contact => view! { <ContactControl hint present/> }.into_any(),
        Question::Language => {
            let options = ResourceLanguage::all()
                .map(|one| (one.code().to_owned(), one.label().to_owned()))
                .collect();
            let value = match &present {
                Some(Answer::Language(one)) => one.code(),
                _ => ResourceLanguage::ENGLISH.code(),
            };
            view! { <Choice name="language" label="Language" hint options value required=true/> }
                .into_any()
        }
        Question::OtherRegistry => view! { <OtherRegistryControl hint present/> }.into_any(),
        Question::HeardFrom => {
            let mut options = vec![(String::new(), "I would rather not say".to_owned())];
            options.extend(HeardFrom::ALL.map(|one| option(one, one.label())));
            let value = match &present {
                Some(Answer::HeardFrom(Some(one))) => name_of(one),
                _ => String::new(),
            };
            view! { <Choice name="heard-from" label hint options value/> }.into_any()
        }
    }
}

#[component]
fn ConditionControl(hint: String, present: Option<Answer>, may_be_unnamed: bool) -> impl IntoView {
    let (value, unnamed) = match present {
        Some(Answer::Condition(ConditionAnswer::Listed(link))) => (link.name, false),
        Some(Answer::Condition(ConditionAnswer::Described(words))) => (words, false),
        Some(Answer::Condition(ConditionAnswer::None)) => (String::new(), true),
        _ => (String::new(), false),
    };
    let unnamed = may_be_unnamed.then(|| {
        view! { <Tick name="unnamed" label="It has no name yet" checked=unnamed/> }
    });
    view! {
        <p class="hint">{hint}</p>
        <ConditionInput label="Name of the condition" required=!may_be_unnamed value/>
        {unnamed}
    }
}

#[component]
fn BirthDate(hint: String, value: Option<CalendarDate>) -> impl IntoView {
    view! {
        <DateInput
            name="birth-date"
            parts=["birth-day", "birth-month", "birth-year"]
            label="Date of birth"
            hint=format!("{hint} For example: 27 3 1984.")
            value
        />
    }
}

#[component]
fn ContactControl(hint: String, present: Option<Answer>) -> impl IntoView {
    let (value, phone) = match present {
        Some(Answer::Contact(Contact::Email)) => ("email", String::new()),
        Some(Answer::Contact(Contact::Phone(number))) => ("phone", number),
        _ => ("", String::new()),
    };
    let options = [
        ("email", "By email, at the address of this account"),
        ("phone", "By phone"),
    ]
    .map(|(value, words)| (value.to_owned(), words.to_owned()))
    .to_vec();
    view! {
        <Radios name="contact" label="Your answer" hint options value/>
        <Input
            name="phone"
            label="Phone number"
            hint="Only if you chose phone. With the country code, for example +44 20 7946 0018."
            kind="tel"
            value=phone
            autocomplete="tel"
        />
    }
}

#[component]
fn OtherRegistryControl(hint: String, present: Option<Answer>) -> impl IntoView {
    let (value, registry) = match present {
        Some(Answer::OtherRegistry(OtherRegistry::No)) => ("no", String::new()),
        Some(Answer::OtherRegistry(OtherRegistry::Unsure)) => ("unsure", String::new()),
        Some(Answer::OtherRegistry(OtherRegistry::Yes(name))) => ("yes", name),
        _ => ("", String::new()),
    };
    let options = [("no", "No"), ("yes", "Yes"), ("unsure", "I am not sure")]
        .map(|(value, words)| (value.to_owned(), words.to_owned()))
        .to_vec();
    view! {
        <Radios name="other-registry" label="Your answer" hint options value/>
        <Input
            name="registry"
            label="Name of the registry"
            hint="Only if you chose yes."
            value=registry
            autocomplete="off"
        />
    }
}
