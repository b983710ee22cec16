using System.CommandLine;
using OsDeploy.Images;
using OsDeploy.Imaging;

namespace OsDeploy.Cli.Verbs;

internal sealed class RestoreVerb : Verb
{
    private readonly Argument<string[]> _disks = VerbOptions.Disks();
    private readonly Option<string> _store = VerbOptions.Store();
    private readonly Option<string> _image = VerbOptions.Image(withVersion: true);
    private readonly Option<string?> _partitions = VerbOptions.Partitions();
    private readonly Option<bool> _tableOnly = new("--table-only") { Description = "Only the partition table and boot code, no content." };
    private readonly Option<bool> _full = new("--full") { Description = "Write everything without comparing first." };
    private readonly Option<string> _verify = VerbOptions.Verify();
    private readonly Option<bool> _wipeFree = new("--wipe-free") { Description = "Clear free space too, after verifying." };
    private readonly Option<bool> _yes = VerbOptions.Yes();
    private readonly Option<bool> _allowRemovable = VerbOptions.AllowRemovable();
    private readonly Option<bool> _allowOtherFirmware = new("--allow-other-firmware") { Description = "Accept a BIOS image on a UEFI computer, or the other way round." };
    private readonly Option<string?> _requireSignature = new("--require-signature")
    {
        Description = "Refuse a version that is not signed with this public key.",
        HelpName = "KEY.pem",
    };

    private readonly Option<long?> _limit = VerbOptions.Rate("--limit", "Take at most so much a second from the store, such as 30MB.");
    private readonly Option<bool> _json = VerbOptions.Json();

    public RestoreVerb(Session session)
        : base(
            session,
            "restore",
            "Make disks equal to an image, moving only what differs. Everything else on them is lost.",
            "restore /dev/sda --store /mnt/usb/store --image win11-lab",
            "restore /dev/sda --store /mnt/usb/store --image win11-lab@3f2a9c --verify all --yes",
            "restore /dev/sda --store /mnt/usb/store --image win11-lab --partitions 1,3 --yes --json",
            "restore /dev/sda --store https://school-server:7443 --image win11-lab --limit 30MB")
    {
        Takes(_disks, _store, _image, _partitions, _tableOnly, _full, _verify, _wipeFree, _yes, _allowRemovable, _allowOtherFirmware, _requireSignature, _limit, _json);
        Validators.Add(result =>
        {
            if (result.GetValue(_tableOnly) && result.GetResult(_partitions) is not null)
            {
                result.AddError("--table-only and --partitions exclude each other.");
            }
        });
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var image = ImageReference.Parse(parsed.GetRequiredValue(_image));
        var options = new RestoreOptions(
            ImageKind.Image,
            image.Name,
            Version: null,
            PartitionNumbers.Parse(parsed.GetValue(_partitions)),
            parsed.GetValue(_tableOnly),
            parsed.GetValue(_full),
            parsed.GetVerifyMode(_verify),
            parsed.GetValue(_wipeFree),
            parsed.GetValue(_allowRemovable),
            parsed.GetValue(_allowOtherFirmware),
            KeyFile.Read(parsed.GetValue(_requireSignature)));
        var report = await RestoreJob.RunAsync(
            Session, parsed.GetRequiredValue(_disks), parsed.GetRequiredValue(_store), options, image.Version, parsed.GetValue(_yes), parsed.GetValue(_limit) ?? 0, cancel);
        return RestoreJob.Print(Terminal.Output, report, parsed.GetValue(_json));
    }
}
