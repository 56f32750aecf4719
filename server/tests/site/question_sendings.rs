//! The forms of questions, and what sending them is to the policy.

use domain::policy::Action::{
    AskQuestions, ChangeProfile, DeclineQuestions, ReadOwnAccount, WritePosts,
};

use crate::sendings::{Form, form};

const ASK: &str = "/communities/{slug}/questions/new";
const QUESTION: &str = "/questions/{id}/{words}";
const ANSWER: &str = "/questions/{id}/{words}/answer";

pub(crate) const TABLE: &[Form] = &[
    form(
        "/communities/{slug}/questions",
        "form=community/join&slug=multiple-myeloma&place=questions&topic=",
        ChangeProfile,
    ),
    form(
        ASK,
        "form=community/join&slug=multiple-myeloma&place=ask&topic=",
        ChangeProfile,
    ),
    form(
        QUESTION,
        "form=community/join&slug=multiple-myeloma&place=topic&topic={question}",
        ChangeProfile,
    ),
    form(
        ANSWER,
        "form=community/join&slug=multiple-myeloma&place=topic&topic={question}",
        ChangeProfile,
    ),
    form(
        ASK,
        "form=community/ask&key=walk&slug=multiple-myeloma&title=May+I+run?&text=&audience=everyone",
        AskQuestions,
    ),
    form(
        ANSWER,
        "form=community/answer&key=walk&id={question}&words=may-i-walk&text=Daily.",
        WritePosts,
    ),
    form(
        ASK,
        "form=community/delete-draft&draft=0000000000&page=ask&of=multiple-myeloma",
        ReadOwnAccount,
    ),
    form(
        ANSWER,
        "form=community/delete-draft&draft=0000000000&page=answer&of={question}&words=may-i-walk",
        ReadOwnAccount,
    ),
    form(
        QUESTION,
        "form=community/decline-question&id=0000000000&words=may-i-walk&reason=A+walk",
        DeclineQuestions,
    ),
    form(
        QUESTION,
        "form=community/reopen-question&id={question}&words=may-i-walk",
        DeclineQuestions,
    ),
    form(
        QUESTION,
        "form=community/follow&kind=question&id={question}&words=may-i-walk&after=",
        ReadOwnAccount,
    ),
    form(
        QUESTION,
        "form=community/stop-following&kind=question&id={question}&words=may-i-walk&after=",
        ReadOwnAccount,
    ),
];
