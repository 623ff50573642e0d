"""Pictures in forms: taken or chosen, and kept even when another field is refused."""

from flask_wtf.file import MultipleFileField
from wtforms import HiddenField

from pol.files.queries import list_own_keys
from pol.files.rules import PictureUse, is_key
from pol.files.services import store_picture
from pol.kernel import clock
from pol.web.change import change
from pol.web.forms.base import PolForm
from pol.web.language import gettext, sentence_of
from pol.web.language import lazy_gettext as _l

CAMERA = {"accept": "image/*", "capture": "environment"}
GALLERY = {"accept": "image/*"}


class PictureForm(PolForm):
    """A form that begins with pictures; `kept` names those that an earlier try already stored."""

    camera = MultipleFileField(_l("Potret sekarang"), render_kw=CAMERA)
    gallery = MultipleFileField(_l("Pilih dari galeri"), render_kw=GALLERY)
    kept = HiddenField()

    @property
    def kept_keys(self) -> list[str]:
        """Return the keys of pictures that are stored already."""
        return [key for key in (self.kept.data or "").split(",") if is_key(key)]

    def take_pictures(self, *, use: PictureUse, owner_id: int | None, most: int) -> list[str]:
        """Store what was sent, each picture for itself, and return all keys, the kept ones first.

        A file that is refused is named beside the field; the sound ones beside it are not lost.
        """
        keys = list_own_keys(keys=self.kept_keys[:most], owner_id=owner_id, use=use)
        files = [*(self.camera.data or []), *(self.gallery.data or [])]
        if len(keys) + len(files) > most:
            self.camera.errors = [gettext("Paling banyak %(most)s foto di sini.", most=most)]
            files = files[: most - len(keys)]
        for file in files:
            with change(tell=False) as outcome:
                keys.append(store_picture(file.stream, use=use, owner_id=owner_id, now=clock.now()))
            if outcome.refusal:
                name = file.filename if len(file.filename or "") <= 60 else gettext("Foto")
                sentence = f"{name}: {sentence_of(outcome.refusal)}"
                self.camera.errors = [*self.camera.errors, sentence]
        self.kept.data = ",".join(keys)
        return keys

    def blame_missing_picture(self, sentence: str) -> None:
        """Say beside the camera that a picture is needed, unless a refusal says it already."""
        if not self.camera.errors:
            self.camera.errors = [sentence]
