//! Tables of clinical trials.

pub mod trial;
pub mod trial_condition;
pub mod trial_subject;
