/** The file that `cascadeflow init` writes. */
export const configTemplate = `# Configuration of \`cascadeflow gateway\`. \${NAME} is replaced by the environment's value; keep secrets there.
# The gateway reads this file again when it changes, and keeps the old one when the new one is wrong.

listen:
  host: 127.0.0.1 # other machines can reach it only when this is changed, and then keysFile is needed
  port: 8787
  # drainMs: 10000 # how long /ready says 503 before the gateway stops to take connections, for load balancers

providers:
  openai:
    apiKey: \${OPENAI_API_KEY}
  # anthropic:
  #   apiKey: \${ANTHROPIC_API_KEY}
  # local: # any server with OpenAI's API
  #   baseURL: http://127.0.0.1:8000/v1

cascades:
  # Clients ask for \`model: "cascade"\` (the first one), for \`cascade:main\`, or for a model by its own name.
  main:
    models: # cheapest first; @input/output is the price in USD per 1M tokens where it is not known
      - openai/gpt-4o-mini
      - openai/gpt-5
    quality: balanced # economy, balanced, strict, or a probability from 0 to 1
    # release: hold # window shows a draft before its end once it looks good
    # deadlineMs: 60000
    # budgets:
    #   - { per: key, every: day, limit: 5, atLimit: stop } # USD
    # cache: { ttlMs: 3600000 } # gives an answer again when the same is asked
    # calibration: calibration.json # from \`cascadeflow fit\`

# Names that applications have built in, and what they get instead.
# aliases:
#   gpt-4o: cascade

# Clients' keys, kept as hashes: cascadeflow keys add NAME
# keysFile: keys.json

# The operator's key for /metrics, /admin and the dashboard; needed where clients have keys.
# adminKey: \${GATEWAY_ADMIN_KEY}

# The record of runs, in a file of SQLite; without it the latest runs are kept in memory.
# runsFile: runs.db

# What several gateways share: budgets, rates, sessions, cached answers and resting models in Redis (npm install @redis/client), runs and keys in PostgreSQL (npm install pg).
# state:
#   redis: redis://127.0.0.1:6379
#   postgres: \${DATABASE_URL}
#   onFailure: open # requests go on while Redis is away; closed refuses those that have a budget or a rate

# Models of /v1/embeddings: the one that ships with @cascadeflow/semantic (npm install it), and those of servers.
# embeddings:
#   local: local
#   text-embedding-3-small: { baseURL: https://api.openai.com/v1, apiKey: "\${OPENAI_API_KEY}", dimensions: 1536 }

# Who else is told of runs (npm install @cascadeflow/telemetry @opentelemetry/api): the OpenTelemetry SDK that the process was started with, and the log.
# telemetry:
#   openTelemetry: true
#   logs: true

# limits:
#   bodyBytes: 33554432
#   concurrency: 10000
#   runMs: 120000
`;
