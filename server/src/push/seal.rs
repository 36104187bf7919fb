//! What a notice looks like on its way (RFC 8291, by the `aes128gcm` coding of RFC 8188): only the browser that subscribed can
//! read it, and not whoever runs the push service.

use ring::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral};
use ring::error::Unspecified;
use ring::hkdf::{HKDF_SHA256, KeyType, Salt};
use ring::rand::{SecureRandom, SystemRandom};

use crate::store::Subscription;

/// The one record's size as its head says it: what a push service has to take (RFC 8291, 4).
const RECORD_BYTES: u32 = 4_096;

/// The longest plain text: a whole record but for the head, the mark behind the text and the authentication tag (RFC 8291, 4).
pub const MAX_PLAIN_BYTES: usize = 3_993;

/// What is behind the last record's text.
const LAST_RECORD: u8 = 2;

/// A browser's key is none: not a point on P-256, so that nothing can be encrypted for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the browser's key is no point on P-256")]
pub struct BadKey;

/// Whether a browser's public key can be encrypted for.
///
/// # Errors
///
/// [`BadKey`] if not.
pub fn check(public_key: &[u8; 65]) -> Result<(), BadKey> {
    agree(public_key).map(drop)
}

/// Encrypts a text for a subscription: the body of a request to its push service.
///
/// # Errors
///
/// [`BadKey`] if the browser's key is none.
///
/// # Panics
///
/// If the text is longer than [`MAX_PLAIN_BYTES`], or the operating system has no randomness.
pub fn seal(plain: &[u8], subscription: &Subscription) -> Result<Vec<u8>, BadKey> {
    assert!(plain.len() <= MAX_PLAIN_BYTES, "a notice is short");
    let mut salt = [0; 16];
    SystemRandom::new()
        .fill(&mut salt)
        .expect("the operating system gives random bytes");
    let agreed = agree(&subscription.public_key)?;
    Ok(seal_with(plain, subscription, &agreed, salt))
}

/// What both sides know once each has the other's public key: the shared secret, and the public key to send along.
struct Agreed {
    secret: [u8; 32],
    public_key: [u8; 65],
}

/// Agrees with a browser, by a key pair that is used once.
fn agree(theirs: &[u8; 65]) -> Result<Agreed, BadKey> {
    let ours = EphemeralPrivateKey::generate(&ECDH_P256, &SystemRandom::new())
        .expect("the operating system gives random bytes");
    let public_key = ours
        .compute_public_key()
        .expect("a private key has a public one");
    let theirs = UnparsedPublicKey::new(&ECDH_P256, theirs);
    let secret = agree_ephemeral(ours, &theirs, |secret| {
        <[u8; 32]>::try_from(secret).expect("a coordinate of P-256 has 32 bytes")
    });
    Ok(Agreed {
        secret: secret.map_err(|Unspecified| BadKey)?,
        public_key: public_key
            .as_ref()
            .try_into()
            .expect("an uncompressed point of P-256 has 65 bytes"),
    })
}

fn seal_with(
    plain: &[u8],
    subscription: &Subscription,
    agreed: &Agreed,
    salt: [u8; 16],
) -> Vec<u8> {
    // RFC 8291, 3.3 and 3.4: the browser's secret goes into the key, so that the public keys alone are not enough.
    let input_key: [u8; 32] = derive(
        &subscription.secret,
        &agreed.secret,
        &[
            b"WebPush: info\0",
            &subscription.public_key,
            &agreed.public_key,
        ],
    );
    let key: [u8; 16] = derive(&salt, &input_key, &[b"Content-Encoding: aes128gcm\0"]);
    let nonce: [u8; 12] = derive(&salt, &input_key, &[b"Content-Encoding: nonce\0"]);
    let key = UnboundKey::new(&AES_128_GCM, &key).expect("the key has 16 bytes");

    let mut record = [plain, &[LAST_RECORD]].concat();
    LessSafeKey::new(key)
        // The key is for this one record.
        .seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::empty(),
            &mut record,
        )
        .expect("a record is shorter than AES-GCM's bound");
    let key_bytes = u8::try_from(agreed.public_key.len()).expect("65 is a byte");
    [
        &salt[..],
        &RECORD_BYTES.to_be_bytes(),
        &[key_bytes],
        &agreed.public_key,
        &record,
    ]
    .concat()
}

/// HKDF with SHA-256 (RFC 5869).
fn derive<const LENGTH: usize>(salt: &[u8], input_key: &[u8], info: &[&[u8]]) -> [u8; LENGTH] {
    let mut derived = [0; LENGTH];
    Salt::new(HKDF_SHA256, salt)
        .extract(input_key)
        .expand(info, Bytes(LENGTH))
        .and_then(|output| output.fill(&mut derived))
        .expect("less is asked for than HKDF gives");
    derived
}

struct Bytes(usize);

impl KeyType for Bytes {
    fn len(&self) -> usize {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use base64ct::{Base64UrlUnpadded, Encoding};

    use super::*;

    fn bytes<const LENGTH: usize>(text: &str) -> [u8; LENGTH] {
        let bytes = Base64UrlUnpadded::decode_vec(text).unwrap();
        bytes.try_into().unwrap()
    }

    fn browser() -> Subscription {
        Subscription {
            endpoint: "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV".into(),
            public_key: bytes(
                "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            ),
            secret: bytes("BTBZMqHH6r4Tts7J_aSIgg"),
        }
    }

    /// RFC 8291, 5 and appendix A, to the byte. (ring makes no key pair of a given private key, so this begins at the secret that
    /// the two keys agree on; that they do agree is what the tests of the whole server show.)
    #[test]
    fn the_rfcs_own_example_is_sealed_as_it_is_there() {
        let agreed = Agreed {
            secret: bytes("kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs"),
            public_key: bytes(
                "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8",
            ),
        };
        let salt = bytes("DGv6ra1nlYgDCS1FRnbzlw");
        let input_key: [u8; 32] = derive(
            &browser().secret,
            &agreed.secret,
            &[
                b"WebPush: info\0",
                &browser().public_key,
                &agreed.public_key,
            ],
        );
        assert_eq!(
            input_key,
            bytes::<32>("S4lYMb_L0FxCeq0WhDx813KgSYqU26kOyzWUdsXYyrg")
        );
        assert_eq!(
            derive::<16>(&salt, &input_key, &[b"Content-Encoding: aes128gcm\0"]),
            bytes("oIhVW04MRdy2XN9CiKLxTg")
        );
        assert_eq!(
            derive::<12>(&salt, &input_key, &[b"Content-Encoding: nonce\0"]),
            bytes("4h_95klXJ5E_qnoN")
        );
        let plain = b"When I grow up, I want to be a watermelon";
        let body = seal_with(plain, &browser(), &agreed, salt);
        assert_eq!(
            Base64UrlUnpadded::encode_string(&body),
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8\
             wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
        );
    }

    #[test]
    fn each_notice_has_a_key_and_a_salt_of_its_own() {
        let sealed = || seal(b"{}", &browser()).unwrap();
        let (one, other) = (sealed(), sealed());
        assert_eq!(one.len(), 16 + 4 + 1 + 65 + 2 + 1 + 16);
        assert_ne!(one[..16], other[..16], "the salt");
        assert_ne!(one[21..86], other[21..86], "the key");
        let longest = seal(&[b'x'; MAX_PLAIN_BYTES], &browser()).unwrap();
        assert_eq!(longest.len(), 4_096);
    }

    #[test]
    fn what_is_no_point_on_the_curve_is_no_key() {
        assert_eq!(check(&browser().public_key), Ok(()));
        let mut off = browser().public_key;
        off[64] ^= 1;
        let mut compressed = browser().public_key;
        compressed[0] = 2;
        for bad in [off, compressed, [0; 65], [4; 65], [0xff; 65]] {
            assert_eq!(check(&bad), Err(BadKey));
        }
    }
}
