"""Real recordings, made here: a tone in a WAV file, and a film as a browser records it."""

import base64
import math
import struct
import wave
from pathlib import Path

from playwright.sync_api import Page

RATE = 8000
FILM = """async (seconds) => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [320, 180];
  const picture = canvas.getContext("2d");
  let turn = 0;
  const timer = setInterval(() => {
    picture.fillStyle = `hsl(${(turn += 9)} 30% 60%)`;
    picture.fillRect(0, 0, 320, 180);
  }, 80);
  const form = { mimeType: "video/webm;codecs=vp8" };
  const recorder = new MediaRecorder(canvas.captureStream(12), form);
  const parts = [];
  recorder.ondataavailable = (event) => parts.push(event.data);
  recorder.start(500);
  await new Promise((done) => setTimeout(done, seconds * 1000));
  const ended = new Promise((done) => { recorder.onstop = done; });
  recorder.stop();
  await ended;
  clearInterval(timer);
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}"""


def tone(folder: Path, seconds: int = 12) -> Path:
    """A real WAV file: some seconds of a quiet tone."""
    place = folder / "marcus-and-me.wav"
    with wave.open(str(place), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        waves = (int(900 * math.sin(n / 6)) for n in range(RATE * seconds))
        sound.writeframes(b"".join(struct.pack("<h", one) for one in waves))
    return place


def film(page: Page, folder: Path, seconds: int = 6) -> Path:
    """A real WebM file as MediaRecorder leaves it: without its length and without an index."""
    page.goto("about:blank")
    place = folder / "marcus-and-me.webm"
    place.write_bytes(base64.b64decode(page.evaluate(FILM, seconds)))
    return place
