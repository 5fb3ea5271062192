// What this browser remembers of how somebody likes to work. Never anything about a performance.

const NAME = (key) => `peer-xblocks-${key}`;

export function remembered(key, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(NAME(key))) ?? otherwise;
  } catch {
    return otherwise;
  }
}

export function remember(key, value) {
  try {
    localStorage.setItem(NAME(key), JSON.stringify(value));
  } catch { /* a browser that keeps nothing still plays */ }
}
