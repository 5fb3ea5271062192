// Sends parts, one after another, until each was acknowledged; what fails is sent again. Knows the site's handlers
// and nothing of how something is recorded.

const PAUSES = [1, 2, 4, 8, 15];
const DIRECT_MS = 180_000; // for one part, 4 MB at most; a storage that answers nothing is given up then

export class Refused extends Error {
  constructor(status, body) {
    super(body.sentence ?? "");
    this.status = status;
    this.body = body;
  }
}

export async function digest(bytes) {
  const found = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...found].map((one) => one.toString(16).padStart(2, "0")).join("");
}

// One request to a handler; its data, or Refused. A TypeError means that the line broke. Whatever is no answer of the
// handler itself (a page to sign in on, a proxy's) acknowledges nothing.
export async function ask(site, name, fields) {
  const body = new FormData();
  body.append("person", site.person);
  for (const [field, value] of Object.entries(fields)) body.append(field, value);
  const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  const token = cookie ? cookie[1] : site.form.elements.csrfmiddlewaretoken.value;
  const answer = await fetch(site.urls[name], {
    method: "POST", body, credentials: "same-origin",
    headers: { "X-CSRFToken": token, "X-Requested-With": "peer-xblocks", Accept: "application/json" },
  });
  const isOurs = !answer.redirected && (answer.headers.get("Content-Type") ?? "").startsWith("application/json");
  if (!isOurs) throw new Refused(answer.ok || answer.redirected ? 403 : answer.status, {});
  const found = await answer.json();
  if (!answer.ok) throw new Refused(answer.status, found);
  return found;
}

export class Sending {
  // `source` gives parts: source.part(number) → ArrayBuffer or null while there is none, source.count → how many
  // there are when no more will come, else null. `say(state)` hears of each change. `site` knows the handlers.
  constructor(site, about, source, say) {
    Object.assign(this, { site, about, source, say });
    this.upload = null;
    this.there = new Map();
    this.bytes = 0;
    this.isDirect = null;
    this.isStopped = false;
    this.failures = 0;
    this.running = null;
  }

  // Go on sending; returns at once. Call again whenever there is a new part.
  go() {
    this.running ??= this.loop().finally(() => { this.running = null; });
    return this.running;
  }

  stop() {
    this.isStopped = true;
    this.wakeUp?.();
  }

  // Until then, or until the line is back, or until nobody wants it any more.
  wait(seconds) {
    return new Promise((done) => {
      const timer = setTimeout(done, seconds * 1000);
      this.wakeUp = () => { clearTimeout(timer); done(); };
      addEventListener("online", this.wakeUp, { once: true });
    });
  }

  next() {
    let number = 1;
    while (this.there.has(number)) number += 1;
    return number;
  }

  async loop() {
    while (!this.isStopped && !this.isFinished) {
      const number = this.next();
      const bytes = await this.source.part(number);
      if (!bytes) return;
      await this.again(() => this.send(number, bytes));
    }
  }

  async send(number, bytes) {
    await this.begin();
    if (this.there.has(number)) return;
    const sha256 = await digest(bytes);
    const direct = await this.sendDirectly(number, bytes);
    const part = direct ? { name: direct } : { part: new Blob([bytes]) };
    try {
      await ask(this.site, "put", { upload: this.upload, number, sha256, ...part });
    } catch (error) {
      // The site has this part as it was before the page was closed; what this device kept of it is shorter.
      if (error.status !== 409 || this.about.origin !== "recorded") throw error;
    }
    this.there.set(number, sha256);
    this.bytes += bytes.byteLength;
    this.say("sent");
  }

  // To the storage itself, where it takes parts from browsers: the name under which it has it, else "".
  async sendDirectly(number, bytes) {
    if (this.isDirect === false) return "";
    const fields = { upload: this.upload, number, size: bytes.byteLength };
    const { name, url } = await ask(this.site, "address", fields);
    this.isDirect = Boolean(url);
    if (!url) return "";
    try {
      if ((await fetch(url, { method: "PUT", body: bytes, signal: AbortSignal.timeout(DIRECT_MS) })).ok) return name;
    } catch { /* it is not reached from here: the site takes it then */ }
    this.isDirect = false;
    return "";
  }

  async begin() {
    if (this.upload) return;
    const found = await ask(this.site, "begin", this.about);
    this.upload = found.id;
    this.isFinished = found.finished;
    this.bytes = found.bytes;
    for (const part of found.parts) this.there.set(part.number, part.sha256);
  }

  // Everything there is goes out, and the site puts it together. Throws Refused when it cannot be taken.
  async finish() {
    await this.again(() => this.begin());
    while (!this.isStopped) {
      await this.go();
      const next = this.next();
      if (!this.isFinished && next <= this.source.count) {
        if (!(await this.source.part(next))) throw new Refused(404, {});
        continue;
      }
      this.say("finishing");
      this.isEnding = true;
      const done = await this.again(() => this.end());
      this.isEnding = false;
      if (done) return done;
    }
    return null;
  }

  async end() {
    await this.begin();
    try {
      return await ask(this.site, "finish", { upload: this.upload, count: this.source.count });
    } catch (error) {
      if (!error.body?.missing?.length) throw error;
      for (const number of error.body.missing) this.there.delete(number);
      return null;
    }
  }

  // Until it is done, waiting longer each time. Only what can never be taken is thrown.
  async again(act) {
    while (!this.isStopped) {
      try {
        const done = await act();
        if (this.failures) this.say("online");
        this.failures = 0;
        return done;
      } catch (error) {
        this.failures += 1;
        if (!this.passes(error)) {
          this.failures = 0;
          throw error;
        }
        await this.wait(PAUSES[Math.min(this.failures, PAUSES.length) - 1]);
      }
    }
    return null;
  }

  // Whether it may work another time, and what that means for now.
  passes(error) {
    if (!(error instanceof Refused)) {
      this.say("offline");
      return true;
    }
    if (error.status === 404 && this.upload) {  // it was tidied away: begin anew, everything is still here
      this.upload = null;
      this.there.clear();
      return this.failures < PAUSES.length;
    }
    if (error.body.busy) return true;
    if (error.status === 403) {
      this.say("signed-out");
      return true;
    }
    return error.status >= 500 || (error.status === 422 && this.failures < 3 && !this.isEnding);
  }

  // Whether nothing of it is left at the site.
  async drop() {
    this.stop();
    await this.running?.catch(() => null);
    if (!this.upload) return true;
    return ask(this.site, "drop", { upload: this.upload }).then(() => true, (error) => error.status === 404);
  }
}
