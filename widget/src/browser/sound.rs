//! Sounds, made of two soft notes: no file is loaded, and nothing sounds before the person has touched the page.

use std::cell::RefCell;

use wasm_bindgen::JsValue;
use web_sys::{AudioContext, AudioContextState, OscillatorType};

/// How loud a note is at its loudest, of 1.
const LOUDNESS: f32 = 0.12;

/// How long a note takes to fade, in seconds.
const FADE_S: f64 = 0.45;

/// What plays sounds, if the browser lets it.
#[derive(Debug, Default)]
pub struct Sound {
    context: RefCell<Option<AudioContext>>,
}

impl Sound {
    /// The person has just touched the page: from now on the browser lets it sound.
    pub fn allow(&self) {
        let mut context = self.context.borrow_mut();
        match &*context {
            None => *context = AudioContext::new().ok(),
            Some(context) if context.state() == AudioContextState::Suspended => {
                // The promise is refused where the browser does not let us; then it stays silent.
                let _ = context.resume();
            }
            Some(_) => {}
        }
    }

    /// Plays notes of these frequencies, in hertz, one after the other, if the browser lets us.
    pub fn play(&self, notes_hz: &[f32]) {
        if let Some(context) = &*self.context.borrow()
            && context.state() == AudioContextState::Running
        {
            let mut at_s = context.current_time();
            for &note_hz in notes_hz {
                // A note that cannot be played is not missed: the page says everything in words too.
                let _ = play_note(context, note_hz, at_s);
                at_s += FADE_S / 2.0;
            }
        }
    }
}

fn play_note(context: &AudioContext, note_hz: f32, at_s: f64) -> Result<(), JsValue> {
    let gain = context.create_gain()?;
    let loudness = gain.gain();
    loudness.set_value_at_time(0.0, at_s)?;
    // A short rise and a long fall: a tap, not a beep.
    loudness.linear_ramp_to_value_at_time(LOUDNESS, at_s + 0.02)?;
    loudness.linear_ramp_to_value_at_time(0.0, at_s + FADE_S)?;
    gain.connect_with_audio_node(&context.destination())?;

    let tone = context.create_oscillator()?;
    tone.set_type(OscillatorType::Sine);
    tone.frequency().set_value_at_time(note_hz, at_s)?;
    tone.connect_with_audio_node(&gain)?;
    tone.start_with_when(at_s)?;
    tone.stop_with_when(at_s + FADE_S)
}
