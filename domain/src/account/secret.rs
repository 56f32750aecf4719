use std::fmt;

/// A password as it was typed. Does not show in logs.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// As typed: nothing is trimmed and nothing folded.
    pub fn new(typed: impl Into<String>) -> Self {
        Self(typed.into())
    }

    /// The text, for hashing alone.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Password(…)")
    }
}

/// 256 random bits that open something: a session, a link in a mail, a known device. Only its
/// SHA-256 is ever stored. Does not show in logs.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Digits of a token: 32 bytes in base64url without padding (RFC 4648, 5).
    pub const LENGTH: usize = 43;

    /// What a client sent, if it can be a token at all.
    pub fn parse(text: &str) -> Option<Self> {
        let digit = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        (text.len() == Self::LENGTH && text.bytes().all(digit)).then(|| Self(text.to_owned()))
    }

    /// The text, for a cookie, a link or hashing.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_do_not_show() {
        let token = Token::parse(&"a".repeat(43));
        assert_eq!(format!("{token:?}"), "Some(Token(…))");
        assert_eq!(format!("{:?}", Password::new("open sesame")), "Password(…)");
    }

    #[test]
    fn what_cannot_be_a_token_is_none() {
        for text in ["", "a", &"a".repeat(44), &"a".repeat(42), &"/".repeat(43)] {
            assert_eq!(Token::parse(text), None, "{text}");
        }
    }
}
