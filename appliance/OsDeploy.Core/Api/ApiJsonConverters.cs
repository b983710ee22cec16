using OsDeploy.Images;
using OsDeploy.Personalisation;
using OsDeploy.Text;

namespace OsDeploy.Api;

public sealed class VersionIdJson() : TextJson<VersionId>(VersionId.TryParse, "A version id is 64 hexadecimal digits.");

public sealed class ImageNameJson() : TextJson<ImageName>(ImageName.TryParse, "This is not the name of an image.");

public sealed class ComputerNameJson() : TextJson<ComputerName>(ComputerName.TryParse, "This is not the name of a computer.");

public sealed class ContentIdJson() : TextJson<ContentId>(ContentId.TryParse, "The id of a file is 64 hexadecimal digits.");

public sealed class MacAddressJson() : TextJson<MacAddress>(MacAddress.TryParse, "This is not a MAC address.");
