//! Questions to experts: how they are asked, answered and declined.

mod answer;
mod answer_form;
mod answer_page;
pub mod api;
mod ask_page;
mod decline;
mod forms;
mod list;
mod question_page;
mod questions_page;
#[cfg(feature = "ssr")]
mod structured;

pub use answer_page::AnswerPage;
pub use ask_page::AskPage;
pub use forms::{AnswerFields, AskFields, DeclineQuestionFields, ReopenQuestionFields};
pub use list::NewQuestions;
pub use question_page::QuestionPage;
pub use questions_page::QuestionsPage;
