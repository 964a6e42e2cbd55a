// SPDX-License-Identifier: Apache-2.0
#include "share/pdf_canvas.hpp"

#include <algorithm>
#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "base/error.hpp"

namespace menpai::share {
namespace {

constexpr double points_a_mm = 72 / 25.4;
constexpr double condensed_min = 2.0 / 3;
constexpr const char* fonts = "Noto Sans CJK SC,HanaMinA,HanaMinB,BabelStone Han";

struct Free {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
  void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
};
using Layout = std::unique_ptr<PangoLayout, Free>;

void set_colour(cairo_t* context, std::uint32_t colour) {
  cairo_set_source_rgb(context, (colour >> 16 & 255) / 255.0, (colour >> 8 & 255) / 255.0, (colour & 255) / 255.0);
}

cairo_status_t append(void* closure, const unsigned char* data, unsigned length) {
  static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

/// The first character that became no glyph, for the message.
std::string missing_character(PangoLayout* layout, std::string_view text) {
  PangoLayoutIter* at = pango_layout_get_iter(layout);
  std::string found;
  do {
    const PangoLayoutRun* run = pango_layout_iter_get_run_readonly(at);
    if (run == nullptr) continue;
    for (int i = 0; i < run->glyphs->num_glyphs && found.empty(); ++i) {
      if ((run->glyphs->glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG) == 0) continue;
      std::size_t begin = static_cast<std::size_t>(run->item->offset + run->glyphs->log_clusters[i]);
      std::size_t end = begin + 1;
      while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
      found = text.substr(begin, end - begin);
    }
  } while (found.empty() && pango_layout_iter_next_run(at));
  pango_layout_iter_free(at);
  return found;
}

}  // namespace

struct PdfCanvas::Parts {
  std::string bytes;
  std::unique_ptr<cairo_surface_t, Free> surface;
  std::unique_ptr<cairo_t, Free> context;
  bool has_page = false;

  Layout layout(std::string_view utf8, double size_mm, bool bold) const {
    Layout made(pango_cairo_create_layout(context.get()));
    PangoContext* pango = pango_layout_get_context(made.get());
    // Millimetres are the unit here: nothing may be rounded to whole ones.
    const std::unique_ptr<cairo_font_options_t, Free> options(cairo_font_options_create());
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(pango, options.get());
    pango_context_set_round_glyph_positions(pango, FALSE);
    const std::unique_ptr<PangoFontDescription, Free> font(pango_font_description_new());
    pango_font_description_set_family(font.get(), fonts);
    pango_font_description_set_weight(font.get(), bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font.get(), size_mm * PANGO_SCALE);
    pango_layout_set_font_description(made.get(), font.get());
    pango_layout_set_text(made.get(), utf8.data(), static_cast<int>(utf8.size()));
    if (pango_layout_get_unknown_glyphs_count(made.get()) > 0) {
      throw Error(ErrorCode::unsupported, "No font of this machine has the character " +
                                              missing_character(made.get(), utf8) +
                                              ". Install fonts-hanazono or fonts-babelstone-han for rare characters.");
    }
    return made;
  }
};

PdfCanvas::PdfCanvas(std::string_view title) : m_parts(std::make_unique<Parts>()) {
  m_parts->surface.reset(cairo_pdf_surface_create_for_stream(&append, &m_parts->bytes, 1, 1));
  cairo_pdf_surface_set_metadata(m_parts->surface.get(), CAIRO_PDF_METADATA_TITLE, std::string(title).c_str());
  cairo_pdf_surface_set_metadata(m_parts->surface.get(), CAIRO_PDF_METADATA_CREATOR, "Menpai");
  m_parts->context.reset(cairo_create(m_parts->surface.get()));
  cairo_scale(m_parts->context.get(), points_a_mm, points_a_mm);
}

PdfCanvas::~PdfCanvas() = default;

void PdfCanvas::page(double width_mm, double height_mm) {
  if (m_parts->has_page) cairo_show_page(m_parts->context.get());
  cairo_pdf_surface_set_size(m_parts->surface.get(), width_mm * points_a_mm, height_mm * points_a_mm);
  m_parts->has_page = true;
}

void PdfCanvas::fill(const Box& box, std::uint32_t colour) {
  cairo_t* context = m_parts->context.get();
  set_colour(context, colour);
  cairo_rectangle(context, box.x, box.y, box.width, box.height);
  cairo_fill(context);
}

void PdfCanvas::frame(const Box& box, double line_mm, std::uint32_t colour) {
  cairo_t* context = m_parts->context.get();
  set_colour(context, colour);
  cairo_set_line_width(context, line_mm);
  cairo_rectangle(context, box.x, box.y, box.width, box.height);
  cairo_stroke(context);
}

void PdfCanvas::dashed_circle(double x, double y, double radius_mm, std::uint32_t colour) {
  cairo_t* context = m_parts->context.get();
  const double dashes[] = {2, 1.5};
  cairo_save(context);
  set_colour(context, colour);
  cairo_set_line_width(context, 0.3);
  cairo_set_dash(context, dashes, 2, 0);
  cairo_new_path(context);
  cairo_arc(context, x, y, radius_mm, 0, 2 * G_PI);
  cairo_stroke(context);
  cairo_restore(context);
}

void PdfCanvas::line(double x1, double y1, double x2, double y2, double line_mm, std::uint32_t colour) {
  cairo_t* context = m_parts->context.get();
  set_colour(context, colour);
  cairo_set_line_width(context, line_mm);
  cairo_move_to(context, x1, y1);
  cairo_line_to(context, x2, y2);
  cairo_stroke(context);
}

void PdfCanvas::text(const Box& box, std::string_view utf8, const TextStyle& style) {
  if (utf8.empty()) return;
  cairo_t* context = m_parts->context.get();
  // The em square of a CJK font is lower than its line; a line of 1.45 em holds whatever the font has.
  double size = std::min(style.size_mm, box.height / 1.1);
  Layout layout = m_parts->layout(utf8, size, style.bold);
  int width = 0;
  int height = 0;
  pango_layout_get_size(layout.get(), &width, &height);
  double wide = static_cast<double>(width) / PANGO_SCALE;
  double squeeze = wide > box.width ? box.width / wide : 1;
  if (squeeze < condensed_min) {
    size *= squeeze / condensed_min;
    layout = m_parts->layout(utf8, size, style.bold);
    pango_layout_get_size(layout.get(), &width, &height);
    wide = static_cast<double>(width) / PANGO_SCALE;
    squeeze = std::min(1.0, box.width / wide);
  }
  const double high = static_cast<double>(height) / PANGO_SCALE;
  const double rest = box.width - wide * squeeze;
  const double indent = style.align == Align::left ? 0 : style.align == Align::centre ? rest / 2 : rest;
  cairo_save(context);
  set_colour(context, style.colour);
  cairo_translate(context, box.x + indent, box.y + (box.height - high) / 2);
  cairo_scale(context, squeeze, 1);
  pango_cairo_show_layout(context, layout.get());
  cairo_restore(context);
}

double PdfCanvas::paragraph(const Box& box, std::string_view utf8, const TextStyle& style) {
  if (utf8.empty()) return 0;
  cairo_t* context = m_parts->context.get();
  const Layout layout = m_parts->layout(utf8, style.size_mm, style.bold);
  pango_layout_set_width(layout.get(), static_cast<int>(box.width * PANGO_SCALE));
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment(layout.get(), style.align == Align::left     ? PANGO_ALIGN_LEFT
                                           : style.align == Align::centre ? PANGO_ALIGN_CENTER
                                                                          : PANGO_ALIGN_RIGHT);
  int width = 0;
  int height = 0;
  pango_layout_get_size(layout.get(), &width, &height);
  cairo_save(context);
  set_colour(context, style.colour);
  cairo_translate(context, box.x, box.y);
  pango_cairo_show_layout(context, layout.get());
  cairo_restore(context);
  return static_cast<double>(height) / PANGO_SCALE;
}

void PdfCanvas::qr(double x, double y, double side_mm, const QrCode& code) {
  fill({x, y, side_mm, side_mm}, 0xFFFFFF);
  cairo_t* context = m_parts->context.get();
  const double module = side_mm / (code.size + 2 * qr_quiet_modules);
  const double left = x + qr_quiet_modules * module;
  const double top = y + qr_quiet_modules * module;
  set_colour(context, 0x000000);
  // One path for all: between shapes that are filled one by one, viewers show hairs.
  cairo_new_path(context);
  for (int row = 0; row < code.size; ++row) {
    for (int column = 0; column < code.size; ++column) {
      if (!code.is_dark(column, row)) continue;
      const int begin = column;
      while (column + 1 < code.size && code.is_dark(column + 1, row)) ++column;
      cairo_rectangle(context, left + begin * module, top + row * module, (column + 1 - begin) * module, module);
    }
  }
  cairo_fill(context);
}

std::string PdfCanvas::finish() {
  cairo_show_page(m_parts->context.get());
  cairo_surface_finish(m_parts->surface.get());
  const cairo_status_t status = cairo_surface_status(m_parts->surface.get());
  if (status != CAIRO_STATUS_SUCCESS) {
    throw Error(ErrorCode::internal, "The PDF could not be made.", cairo_status_to_string(status));
  }
  return std::move(m_parts->bytes);
}

}  // namespace menpai::share
