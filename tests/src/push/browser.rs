//! A browser that takes notices. It reads them by another library than the server writes them with.

use base64ct::{Base64UrlUnpadded, Encoding};
use hkdf::Hkdf;
use human_please::secret;
use p256::{PublicKey, SecretKey};
use ring::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use serde_json::{Value, json};
use sha2::Sha256;

use super::{Letter, NAME};

/// A browser that subscribed at the push service.
pub struct Browser {
    /// Where it takes notices.
    pub endpoint: String,
    key: SecretKey,
    secret: [u8; 16],
}

/// What a server signed of itself for a push service (RFC 8292).
#[derive(Debug)]
pub struct Statement {
    /// The key that it is signed with, in base64url.
    pub key: String,
    /// What it says.
    pub claims: Value,
}

impl Default for Browser {
    fn default() -> Self {
        Self::new()
    }
}

impl Browser {
    /// One with keys and an address of its own.
    ///
    /// # Panics
    ///
    /// If the operating system has no randomness.
    #[must_use]
    pub fn new() -> Self {
        let scalar = [
            secret::random_id().to_be_bytes(),
            secret::random_id().to_be_bytes(),
        ];
        Self::of(&scalar.concat(), secret::random_id().to_be_bytes())
    }

    /// One with these keys.
    ///
    /// # Panics
    ///
    /// If the first is no private key on P-256. Of random ones none ever is.
    #[must_use]
    pub fn of(key: &[u8], secret: [u8; 16]) -> Self {
        Self {
            endpoint: format!("https://{NAME}/to/{:032x}", secret::random_id()),
            key: SecretKey::from_slice(key).expect("it is a scalar"),
            secret,
        }
    }

    /// What it sends to the server.
    #[must_use]
    pub fn subscription(&self) -> Value {
        let public = self.key.public_key().to_sec1_bytes();
        json!({
            "endpoint": self.endpoint,
            "keys": {
                "p256dh": Base64UrlUnpadded::encode_string(&public),
                "auth": Base64UrlUnpadded::encode_string(&self.secret),
            },
        })
    }

    /// Whether a letter is addressed to it.
    #[must_use]
    pub fn is_addressed(&self, letter: &Letter) -> bool {
        self.endpoint.ends_with(&letter.target)
    }

    /// What a letter says (RFC 8291, 3; RFC 8188, 2).
    ///
    /// # Panics
    ///
    /// If it is not sealed for this browser.
    #[must_use]
    pub fn open(&self, body: &[u8]) -> Vec<u8> {
        let (salt, rest) = body.split_at(16);
        let (record_bytes, rest) = rest.split_at(4);
        assert_eq!(record_bytes, 4_096_u32.to_be_bytes());
        assert_eq!(rest[0], 65, "a key of 65 bytes follows");
        let (theirs, record) = rest[1..].split_at(65);
        let ours = self.key.public_key().to_sec1_bytes();
        let agreed = self
            .key
            .diffie_hellman(&PublicKey::from_sec1_bytes(theirs).expect("it is a point"));
        let info = [b"WebPush: info\0", &ours[..], theirs].concat();
        let input_key: [u8; 32] = derive(&self.secret, agreed.raw_secret_bytes(), &info);
        let key: [u8; 16] = derive(salt, &input_key, b"Content-Encoding: aes128gcm\0");
        let nonce: [u8; 12] = derive(salt, &input_key, b"Content-Encoding: nonce\0");
        let key = UnboundKey::new(&AES_128_GCM, &key).expect("the key has 16 bytes");
        let mut record = record.to_vec();
        let plain = LessSafeKey::new(key)
            .open_in_place(
                Nonce::assume_unique_for_key(nonce),
                Aad::empty(),
                &mut record,
            )
            .expect("it is sealed for this browser");
        let (last, plain) = plain.split_last().expect("a mark follows the text");
        assert_eq!(*last, 2, "it is the last record");
        plain.to_vec()
    }
}

impl Statement {
    /// The statement that a letter has with it, once its signature is found to be right.
    ///
    /// # Panics
    ///
    /// If there is none, or its signature is wrong.
    #[must_use]
    pub fn of(letter: &Letter) -> Self {
        let header = letter.header("authorization");
        let parts = header
            .strip_prefix("vapid t=")
            .and_then(|it| it.split_once(", k="));
        let (token, key) = parts.expect("it is a statement by VAPID");
        let (signed, signature) = token.rsplit_once('.').expect("a signature follows");
        let [point, signature] = [key, signature].map(decoded);
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &point)
            .verify(signed.as_bytes(), &signature)
            .expect("it is signed with that key");
        let (head, claims) = signed.split_once('.').expect("it has two parts");
        let json = |part| serde_json::from_slice::<Value>(&decoded(part)).expect("it is JSON");
        assert_eq!(json(head), json!({ "typ": "JWT", "alg": "ES256" }));
        Self {
            key: key.to_owned(),
            claims: json(claims),
        }
    }
}

fn decoded(text: &str) -> Vec<u8> {
    Base64UrlUnpadded::decode_vec(text).expect("it is base64url")
}

fn derive<const LENGTH: usize>(salt: &[u8], input_key: &[u8], info: &[u8]) -> [u8; LENGTH] {
    let mut derived = [0; LENGTH];
    Hkdf::<Sha256>::new(Some(salt), input_key)
        .expand(info, &mut derived)
        .expect("less is asked for than HKDF gives");
    derived
}
