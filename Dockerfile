# Two stages: one that builds the environment, one that runs it as an ordinary user on a read-only root.
# `make pin` finds the digest of this image and writes it to .env, from where compose passes it here.
ARG PYTHON_IMAGE=python:3.11-slim
FROM ${PYTHON_IMAGE} AS build
WORKDIR /srv/variorum
RUN python -m venv /opt/venv
COPY requirements.lock.txt ./
RUN /opt/venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock.txt
COPY pyproject.toml README.md LICENSE ./
COPY app app
# pip compiles what it installs; of what it only points to, the user that runs it could keep no bytecode.
RUN /opt/venv/bin/pip install --no-cache-dir --no-deps -e . && /opt/venv/bin/python -m compileall -q app

FROM ${PYTHON_IMAGE}
WORKDIR /srv/variorum
# A fixed number, so that a volume keeps its owner when the base image gains users of its own. The folders are made
# here, since a new named volume takes over the owner and mode that its folder has in the image.
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/variorum variorum \
    && install --directory --owner variorum --group variorum --mode 0700 \
        /var/lib/variorum /var/lib/variorum/snapshots /var/backups/variorum
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/variorum ./
COPY migrations migrations
COPY docs/api.md docs/api.md
COPY docs/method docs/method
COPY sources.yaml ./
COPY claims claims
ENV PATH=/opt/venv/bin:$PATH VARIORUM_DATA_DIR=/var/lib/variorum PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER variorum
VOLUME /var/lib/variorum
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
CMD ["sh", "-c", "variorum load --keep && exec variorum serve --host 0.0.0.0"]
