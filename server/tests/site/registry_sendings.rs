//! The forms of the registry, for the table of all forms.

use domain::policy::Action::Enrol;

use crate::sendings::{Form, form};

const STEP: &str = "/registry/enrol/{random}/{step}";

pub(crate) const TABLE: &[Form] = &[
    form(
        "/registry/enrol",
        "form=registry/begin-enrolment&key=walk",
        Enrol,
    ),
    form(
        "/registry/enrol/{random}",
        "form=registry/discard-enrolment&participant=0000000000",
        Enrol,
    ),
    form(
        STEP,
        "form=registry/answer&participant=0000000000&question=for-whom&for-whom=myself",
        Enrol,
    ),
    form(
        STEP,
        "form=registry/sign&participant=0000000000&whom=adult&version=1&name=A+walk&present=wrong",
        Enrol,
    ),
    form(
        STEP,
        "form=registry/set-permission&participant=0000000000&permission=samples&choice=no",
        Enrol,
    ),
    form(
        STEP,
        "form=registry/withdraw&participant=0000000000&grade=no-contact",
        Enrol,
    ),
];
