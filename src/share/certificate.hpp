// SPDX-License-Identifier: Apache-2.0
// Two papers on A4: the confirmation of a door number (门楼号确认书) and the certificate that an old and a new address
// mean the same place (新旧门牌对照证明).
#pragma once

#include <string>
#include <vector>

namespace menpai::share {

struct CertificateHead {
  std::string number;     ///< of the paper, "门确〔2026〕12号"
  std::string date;       ///< ISO
  std::string authority;  ///< who seals it, "港口镇派出所"
  std::string qr_text;    ///< where the address can be looked up; empty: no QR code
};

struct NumberConfirmation {
  CertificateHead head;
  std::string applicant;      ///< whoever applied; may be empty
  std::string project;        ///< what the number is for
  std::string address;        ///< the standard address
  std::string code;           ///< its code
  std::string basis;          ///< on what it was given
  bool is_temporary = false;  ///< proves no right (the paper says so)
};
std::string make_number_confirmation(const NumberConfirmation& paper);

/// One old address and the new one.
struct AddressPair {
  std::string old_address, new_address;
  std::string changed_on;  ///< ISO
  std::string reason;
};
struct OldNewCertificate {
  CertificateHead head;
  std::vector<AddressPair> pairs;  ///< as many pages as they need
};
std::string make_old_new_certificate(const OldNewCertificate& paper);

}  // namespace menpai::share
