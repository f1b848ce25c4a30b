// A provider shaped like ThaID, made of npm oidc-provider: scopes `openid ial pid`, PKCE required, accounts of our own.
// node thaid_provider.mjs PORT REDIRECT_URI CLAIMS_IN_ID_TOKEN(0|1); prints "ready" once it listens on 127.0.0.1.
import { createServer } from "node:http";
import { generateKeyPairSync } from "node:crypto";
import { text } from "node:stream/consumers";
import Provider from "oidc-provider";

const [port, back, inIdToken] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;

// Invented numbers with right check digits; "somchai-work" is the same citizen by another account, Anna has no number.
const accounts = {
  somchai: { ial: "2.3", pid: "1101700203450" },
  "somchai-work": { ial: "2.1", pid: "1101700203450" },
  malee: { ial: "1.1", pid: "3100600123450" },
  wrong: { ial: "2.3", pid: "1101700203459" },
  anna: { ial: "2.1" },
};

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const key = { ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: `key-${process.pid}` };

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "sala",
      client_secret: "secret of the conformance test",
      redirect_uris: [back],
      post_logout_redirect_uris: [new URL("/", back).href],
      grant_types: ["authorization_code"],
      response_types: ["code"],
      token_endpoint_auth_method: "client_secret_basic",
    },
  ],
  scopes: ["openid", "ial", "pid"],
  claims: { openid: ["sub"], ial: ["ial"], pid: ["pid"] },
  conformIdTokenClaims: inIdToken !== "1",
  pkce: { required: () => true },
  jwks: { keys: [key] },
  cookies: { keys: ["cookie key of the conformance test"] },
  ttl: { Session: 3600, Interaction: 600, Grant: 3600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, id) => (id in accounts ? { accountId: id, claims: () => ({ sub: id, ...accounts[id] }) } : undefined),
  async loadExistingGrant(ctx) {
    const { client, session } = ctx.oidc;
    const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope("openid ial pid");
    await grant.save();
    return grant;
  },
});

const server = createServer(async (request, response) => {
  if (request.method === "POST" && request.url.startsWith("/interaction/")) {
    const chosen = new URLSearchParams(await text(request)).get("account");
    const result = chosen in accounts ? { login: { accountId: chosen } } : { error: "access_denied" };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  } else if (request.url.startsWith("/interaction/")) {
    response.end("<form method=post><input name=account><button>Agree</button></form>");
  } else {
    provider.callback()(request, response);
  }
});
server.listen(Number(port), "127.0.0.1", () => console.log("ready"));
