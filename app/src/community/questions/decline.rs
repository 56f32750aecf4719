//! Declining a question, and opening it again.

use leptos::prelude::*;

use super::forms::{DeclineQuestionFields, ReopenQuestionFields};
use crate::ui::form::{Buttons, Form, Hidden, Input, Submit};

/// For who may decline: the form that does so, or that takes it back.
#[component]
pub(super) fn Decline(
    /// The question.
    id: String,
    /// The words in its address.
    words: String,
    /// Whether it is declined.
    declined: bool,
) -> impl IntoView {
    if declined {
        view! {
            <Form<ReopenQuestionFields>
                heading="Open the question again"
                text="It can be answered again, and no reason is shown."
            >
                <Hidden name="id" value=id/>
                <Hidden name="words" value=words/>
                <Buttons>
                    <Submit label="Open again"/>
                </Buttons>
            </Form<ReopenQuestionFields>>
        }
        .into_any()
    } else {
        view! {
            <Form<DeclineQuestionFields>
                heading="Decline the question"
                danger=true
                text="Where it is not for an expert to answer here. No one can answer it then, until it is opened again."
            >
                <Hidden name="id" value=id/>
                <Hidden name="words" value=words/>
                <Input
                    name="reason"
                    label="Why?"
                    hint="One line, for example: This needs your own doctor. Everyone who can read the question sees it."
                    required=true
                />
                <Buttons>
                    <Submit label="Decline" danger=true/>
                </Buttons>
            </Form<DeclineQuestionFields>>
        }
        .into_any()
    }
}
