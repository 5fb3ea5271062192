// What is recorded stays on this device, in IndexedDB, until the site has it whole. A take is one recording; its
// parts are numbered 1, 2, 3 … Where a browser keeps nothing (a private window, no room) it all stays in memory.

const OLD_DAYS = 14;

function asked(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function opened() {
  const request = indexedDB.open("peer-xblocks-recordings", 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("takes", { keyPath: "key" });
    request.result.createObjectStore("parts", { keyPath: ["take", "number"] });
  };
  return asked(request);
}

export class Kept {
  constructor() {
    this.works = true;
    this.base = null;
  }

  async store(name, mode) {
    this.base ??= opened();
    return (await this.base).transaction(name, mode).objectStore(name);
  }

  // Nothing here may stop a recording: what cannot be kept is still in memory and still sent.
  async tried(act) {
    try {
      return await act();
    } catch {
      this.works = false;
      return undefined;
    }
  }

  saveTake(take) {
    return this.tried(async () => asked((await this.store("takes", "readwrite")).put(take)));
  }

  savePart(part) {
    return this.tried(async () => asked((await this.store("parts", "readwrite")).put(part)));
  }

  async takes(place, person) {
    const all = (await this.tried(async () => asked((await this.store("takes", "readonly")).getAll()))) ?? [];
    const old = Date.now() - OLD_DAYS * 86_400_000;
    for (const take of all) if (take.begun < old) await this.drop(take.key);
    const own = all.filter((take) => take.place === place && take.person === person && take.begun >= old);
    return own.sort((a, b) => b.begun - a.begun);
  }

  async parts(key) {
    const range = IDBKeyRange.bound([key, 0], [key, Infinity]);
    return (await this.tried(async () => asked((await this.store("parts", "readonly")).getAll(range)))) ?? [];
  }

  drop(key) {
    return this.tried(async () => {
      await asked((await this.store("parts", "readwrite")).delete(IDBKeyRange.bound([key, 0], [key, Infinity])));
      await asked((await this.store("takes", "readwrite")).delete(key));
    });
  }
}
