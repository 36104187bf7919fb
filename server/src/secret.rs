//! Random numbers, tokens and password hashes: the secrets, and nothing that prints them.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use protocol::Token;
use sha2::{Digest, Sha256};

use crate::store::SecretHash;

/// Memory for one password hash in KiB: the least that OWASP's password storage recommendations allow for argon2id
/// with two passes.
const ARGON2_MEMORY_KIB: u32 = 19 * 1024;
const ARGON2_PASSES: u32 = 2;
const ARGON2_LANES: u32 = 1;

/// 128 random bits.
///
/// # Panics
///
/// If the operating system has no randomness, without which no secret can be made.
#[must_use]
pub fn random_id() -> u128 {
    u128::from_be_bytes(random_bytes())
}

/// A new visitor's or session's token: 256 random bits as 64 hexadecimal digits.
#[must_use]
pub fn new_token() -> Token {
    Token(hex(&random_bytes::<32>()))
}

/// A new password that a person can type: 20 characters without those that look alike, about 99 random bits.
#[must_use]
pub fn new_password() -> String {
    const ALPHABET: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let mut password = String::with_capacity(23);
    while password.len() < 23 {
        if matches!(password.len(), 5 | 11 | 17) {
            password.push('-');
        }
        let [byte] = random_bytes::<1>();
        // 248 = 8 × 31: larger bytes would favour the first characters.
        if byte < 248 {
            password.push(char::from(ALPHABET[usize::from(byte) % ALPHABET.len()]));
        }
    }
    password
}

/// A token as [`new_token`] makes them. Anything else would only be looked for in vain.
#[must_use]
pub fn token_of(text: &str) -> Option<Token> {
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    (text.len() == 64 && text.bytes().all(is_digit)).then(|| Token(text.into()))
}

/// The id that is made from a digest: the first half of its SHA-256.
#[must_use]
pub fn id_from(digest: Sha256) -> u128 {
    let hash = digest.finalize();
    hash[..16]
        .iter()
        .fold(0, |number, &byte| number << 8 | u128::from(byte))
}

/// What is kept of a token.
#[must_use]
pub fn hash_token(token: &Token) -> SecretHash {
    SecretHash(Sha256::digest(token.0.as_bytes()).into())
}

/// What is kept of a password: argon2id in PHC form. Takes about 30 ms and 19 MiB; call it where that may block.
#[must_use]
pub fn hash_password(password: &str) -> String {
    argon2()
        .hash_password(password.as_bytes())
        .expect("argon2 hashes any password with these parameters")
        .to_string()
}

/// The fewest characters of a password that somebody chooses, and the most. NIST SP 800-63B (3.1.1.2) wants eight at least
/// and 64 that may be, and no rules about which.
pub const PASSWORD_CHARS: std::ops::RangeInclusive<usize> = 10..=200;

/// What many people would try first, in lower case. Longer words are refused with them in it where nothing else is left.
const COMMON: [&str; 8] = [
    "password",
    "passwort",
    "contraseña",
    "qwertyuiop",
    "1234567890",
    "0987654321",
    "iloveyou",
    "letmein",
];

/// Why a password cannot be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadPassword {
    /// It is too short.
    Short,
    /// It is too long.
    Long,
    /// It is easy to guess.
    Guessable,
}

impl BadPassword {
    /// What to do.
    #[must_use]
    pub fn advice(self) -> &'static str {
        match self {
            Self::Short => "Choose at least 10 characters. A few words are easy to keep in mind.",
            Self::Long => "Choose at most 200 characters.",
            Self::Guessable => {
                "That is easy to guess. Choose something that is not your name, your address or a common password."
            }
        }
    }
}

/// Checks a password that somebody chooses.
///
/// # Errors
///
/// [`BadPassword`] says what is wrong with it.
pub fn checked_password(password: &str, email: &str, name: &str) -> Result<(), BadPassword> {
    let count = password.chars().count();
    if count < *PASSWORD_CHARS.start() {
        return Err(BadPassword::Short);
    }
    if count > *PASSWORD_CHARS.end() {
        return Err(BadPassword::Long);
    }
    let mut left = password.to_lowercase();
    let (email, name) = (email.to_lowercase(), name.to_lowercase());
    let local = email.split('@').next().unwrap_or_default();
    // The longer ones first: one may be a part of another.
    for known in [email.as_str(), name.as_str(), local]
        .into_iter()
        .chain(COMMON)
    {
        if known.chars().count() > 2 {
            left = left.replace(known, "");
        }
    }
    let mut different: Vec<char> = left.chars().filter(|it| !it.is_whitespace()).collect();
    different.sort_unstable();
    different.dedup();
    if different.len() < 4 {
        return Err(BadPassword::Guessable);
    }
    Ok(())
}

/// Whether a password is the one that was hashed. As slow as hashing.
#[must_use]
pub fn verify_password(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| argon2().verify_password(password.as_bytes(), &hash).is_ok())
}

fn argon2() -> Argon2<'static> {
    let params = Params::new(ARGON2_MEMORY_KIB, ARGON2_PASSES, ARGON2_LANES, None)
        .expect("the parameters are within argon2's bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn random_bytes<const COUNT: usize>() -> [u8; COUNT] {
    let mut bytes = [0; COUNT];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 0xf])
        .map(|nibble| char::from_digit(u32::from(nibble), 16).expect("four bits are one digit"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_kept_as_argon2id_above_the_floor() {
        let hash = hash_password("correct horse");
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        assert!(verify_password("correct horse", &hash));
        assert!(!verify_password("Correct horse", &hash));
        assert!(!verify_password("", &hash));
        assert!(!verify_password("correct horse", "not a hash"));
    }

    #[test]
    fn a_chosen_password_is_long_enough_and_not_what_everybody_tries() {
        let check = |password: &str| checked_password(password, "ana@shop.example", "Ana López");
        for good in [
            "three blue lamps",
            "contraseña larga de Ana",
            "ααββγγδδεε",
            &"ab1!".repeat(50),
        ] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for (bad, why) in [
            ("", BadPassword::Short),
            ("nine char", BadPassword::Short),
            ("ana@shop.example", BadPassword::Guessable),
            ("Ana López 123", BadPassword::Guessable),
            ("Password1234567890", BadPassword::Guessable),
            ("aaaaaaaaaaaaaaaa", BadPassword::Guessable),
            ("passwordpassword12", BadPassword::Guessable),
            (&"ab1!".repeat(51), BadPassword::Long),
        ] {
            assert_eq!(check(bad), Err(why), "{bad}");
            assert!(!why.advice().is_empty());
        }
    }

    #[test]
    fn new_secrets_differ_and_have_their_form() {
        assert_ne!(new_token(), new_token());
        let token = new_token();
        assert_eq!(token_of(&token.0), Some(token));
        let password = new_password();
        assert_ne!(password, new_password());
        assert_eq!(
            password.split('-').map(str::len).collect::<Vec<_>>(),
            [5, 5, 5, 5]
        );
    }
}
