//! The fields with which a question is answered.

use domain::community::{AnswersAs, TopicAudience};
use leptos::prelude::*;

use super::forms::AnswerFields;
use crate::{
    community::{
        aliases::Anonymously,
        discussions::post_form::{ContentNote, PostText, Previewed, readers},
        paths,
        saved_drafts::{Begun, DraftState},
    },
    ui::form::{Buttons, Form, Hidden, Offers, Submit},
};

/// What people have to know who ask and answer.
#[component]
pub(super) fn Safety() -> impl IntoView {
    view! {
        <p>
            "This is information, not medical advice. In an emergency call your local emergency number."
        </p>
    }
}

/// What experts have to know before they answer.
fn readers_of_expert(audience: TopicAudience) -> &'static str {
    match audience {
        TopicAudience::Everyone => {
            "Everyone can read this, also without an account and through search engines. It is marked as the answer of an expert. You do not know the whole story of the person: say what holds in general, and when to see a doctor."
        }
        TopicAudience::Members => {
            "All members can read this. It is marked as the answer of an expert. You do not know the whole story of the person: say what holds in general, and when to see a doctor."
        }
        TopicAudience::Community => {
            "Everyone who joins this community can read this, and moderators. It is marked as the answer of an expert. You do not know the whole story of the person: say what holds in general, and when to see a doctor."
        }
    }
}

/// What the form is called.
pub(super) fn heading(answers_as: AnswersAs) -> &'static str {
    match answers_as {
        AnswersAs::Expert => "Answer as an expert",
        AnswersAs::Asker => "Add to your question",
        AnswersAs::Member => "Add your experience",
    }
}

/// An answer to a question.
#[component]
pub(super) fn AnswerForm(
    /// The question.
    id: String,
    /// The words in its address.
    words: String,
    /// As what the reader answers.
    answers_as: AnswersAs,
    /// Who reads it.
    audience: TopicAudience,
    /// Who is offered while a mention is typed.
    #[prop(optional)]
    offers: Offers,
    /// What it begins with; on the page of the question with nothing.
    #[prop(optional)]
    begun: Option<Begun>,
) -> impl IntoView {
    let begun = begun.unwrap_or_else(|| Begun::new(None));
    let (note, version) = (begun.note(), begun.version);
    let (label, submit, hint) = match answers_as {
        AnswersAs::Expert => ("Your answer", "Publish answer", readers_of_expert(audience)),
        AnswersAs::Asker => ("What you add", "Publish", readers(audience)),
        AnswersAs::Member => ("Your experience", "Publish experience", readers(audience)),
    };
    view! {
        <Form<AnswerFields> action=paths::answer_question(&id, &words)>
            <Previewed/>
            <DraftState version/>
            <Hidden name="id" value=id/>
            <Hidden name="words" value=words/>
            <PostText label hint value=begun.content.text offers/>
            <ContentNote value=note/>
            {(answers_as != AnswersAs::Expert).then(|| view! { <Anonymously/> })}
            <Buttons>
                <Submit label=submit/>
                <Submit label="Preview" action="preview"/>
                <Submit label="Save draft" action="draft"/>
            </Buttons>
        </Form<AnswerFields>>
    }
}
