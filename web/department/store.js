// What this phone keeps: answers that wait for the network, and the list as it was last seen.

const NAME = "patrol-department";

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("answers", { keyPath: "id", autoIncrement: true });
      asked.result.createObjectStore("kept");
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function inStore(name, mode, work) {
  const db = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = db.transaction(name, mode);
      const request = work(transaction.objectStore(name));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    db.close();
  }
}

export const answers = {
  add: (answer) => inStore("answers", "readwrite", (store) => store.add(answer)),
  all: () => inStore("answers", "readonly", (store) => store.getAll()),
  drop: (id) => inStore("answers", "readwrite", (store) => store.delete(id)),
};

export const kept = {
  put: (name, value) => inStore("kept", "readwrite", (store) => store.put(value, name)),
  get: (name) => inStore("kept", "readonly", (store) => store.get(name)),
  clear: () => inStore("kept", "readwrite", (store) => store.clear()),
};
