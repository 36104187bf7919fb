//! Who sends notices (RFC 8292): a key pair of this server's, which browsers are told when they subscribe, and a short statement
//! that it signs for each push service. So nobody else can send to those who subscribed here.

use base64ct::{Base64UrlUnpadded, Encoding};
use protocol::Timestamp;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::json;

/// How long a statement holds, in seconds. At most a day (RFC 8292, 2); half of it leaves room for clocks that are wrong.
const HOLDS_SECONDS: i64 = 12 * 60 * 60;

/// The key pair. It prints nothing of itself.
pub struct VapidKey {
    pair: EcdsaKeyPair,
}

/// What is kept is no key pair.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("this is no P-256 key pair in PKCS #8")]
pub struct NoKeyPair;

impl VapidKey {
    /// A new key pair in PKCS #8, to be kept.
    ///
    /// # Panics
    ///
    /// If the operating system has no randomness.
    #[must_use]
    pub fn generate() -> Vec<u8> {
        let made =
            EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
        let made = made.expect("the operating system gives random bytes");
        made.as_ref().to_owned()
    }

    /// The key pair that was kept.
    ///
    /// # Errors
    ///
    /// [`NoKeyPair`] if it is none.
    pub fn read(kept: &[u8]) -> Result<Self, NoKeyPair> {
        let random = SystemRandom::new();
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, kept, &random)
            .map(|pair| Self { pair })
            .map_err(|_| NoKeyPair)
    }

    /// The public key as browsers take it, `applicationServerKey`: a point of 65 bytes, in base64url.
    #[must_use]
    pub fn public(&self) -> String {
        Base64UrlUnpadded::encode_string(self.pair.public_key().as_ref())
    }

    /// The value of the header `Authorization` for a push service. `subject` is a URL by which its people can find ours.
    ///
    /// # Panics
    ///
    /// If the operating system has no randomness.
    #[must_use]
    pub fn authorization(&self, audience: &str, subject: &str, now: Timestamp) -> String {
        let expires = now.0 / 1_000 + HOLDS_SECONDS;
        let head = json!({ "typ": "JWT", "alg": "ES256" });
        let claims = json!({ "aud": audience, "exp": expires, "sub": subject });
        let [head, claims] = [head, claims]
            .map(|part| Base64UrlUnpadded::encode_string(part.to_string().as_bytes()));
        let signed = [head, claims].join(".");
        let signature = self.pair.sign(&SystemRandom::new(), signed.as_bytes());
        let signature = signature.expect("the operating system gives random bytes");
        let signature = Base64UrlUnpadded::encode_string(signature.as_ref());
        format!("vapid t={signed}.{signature}, k={}", self.public())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_pair_is_the_same_when_it_is_read_again() {
        let kept = VapidKey::generate();
        let public = VapidKey::read(&kept).unwrap().public();
        assert_eq!(public, VapidKey::read(&kept).unwrap().public());
        assert_eq!(Base64UrlUnpadded::decode_vec(&public).unwrap()[0], 4);
        assert_ne!(
            public,
            VapidKey::read(&VapidKey::generate()).unwrap().public()
        );
        assert!(VapidKey::read(b"something else").is_err());
        assert!(VapidKey::read(&kept[1..]).is_err());
    }
}
