//! The methods of questions, for the walk along all of them.

use domain::{
    Result,
    account::Actor,
    community::{AnswersPage, Questions, TopicAudience, TopicKind},
};

use crate::{bed::Bed, discussion_walk::own_topic_of, people::submission, questions::question};

/// Asks for it with something sensible.
pub(crate) async fn ask(bed: &Bed, method: &str, actor: Actor) -> Result<()> {
    let questions = bed.storage.communities();
    let id = own_topic_of(bed, actor, TopicKind::Question).await;
    let key = submission(&uuid::Uuid::new_v4().to_string());
    match method {
        "questions.questions" => {
            let list = questions.questions(actor, "alpha", None);
            list.await.map(drop)
        }
        "questions.question" => {
            let page = questions.question(actor, &id, AnswersPage::First);
            page.await.map(drop)
        }
        "questions.asking" => questions.asking(actor, "alpha").await.map(drop),
        "questions.similar" => questions.similar(actor, "alpha", "A walk").await.map(drop),
        "questions.ask" => {
            let draft = question("May I walk?", TopicAudience::Everyone);
            questions.ask(actor, "alpha", draft, &key).await.map(drop)
        }
        "questions.answering" => questions.answering(actor, &id).await.map(drop),
        "questions.answer" => questions
            .answer(actor, &id, "Yes.", None, false, &key)
            .await
            .map(drop),
        "questions.decline" => questions.decline(actor, &id, "A walk").await,
        "questions.reopen" => questions.reopen(actor, &id).await,
        other => panic!("{other} is not walked"),
    }
}
