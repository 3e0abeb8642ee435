# Built in one stage, run in another: no compiler and no development packages in what runs.
FROM node:24-slim AS build
WORKDIR /app
# better-sqlite3 is compiled where no binary of it fits.
RUN apt-get update && apt-get install -y --no-install-recommends make g++ python3 && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json .npmrc tsconfig.json ./
COPY bin bin
COPY scripts scripts
COPY src src
# `npm ci` builds as well.
RUN npm ci && npm prune --omit=dev --ignore-scripts

FROM node:24-slim
ENV NODE_ENV=production \
    DATABASE_URL=sqlite:/data/covernote.db \
    HTTP_DEFAULT_HOST=0.0.0.0 \
    HTTP_DEFAULT_PORT=8080
WORKDIR /app
# git reads the archives that are mirrored.
RUN apt-get update && apt-get install -y --no-install-recommends git ca-certificates && rm -rf /var/lib/apt/lists/*
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY bin bin
COPY examples examples
RUN useradd --system --uid 10001 --home-dir /data covernote && install -d -o covernote -g covernote /data
USER covernote
VOLUME /data
WORKDIR /data
# Whether it plans, reads its sources and sends, on whatever port is configured: see docs/operations.md.
HEALTHCHECK --interval=60s --timeout=10s --start-period=60s --retries=3 \
  CMD ["node", "/app/bin/covernote.js", "health"]
# Without a shell in between, so that SIGTERM reaches it.
ENTRYPOINT ["node", "/app/bin/covernote.js"]
CMD ["run"]
