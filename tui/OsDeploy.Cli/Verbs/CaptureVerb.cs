using System.CommandLine;
using OsDeploy.Images;
using OsDeploy.Imaging;

namespace OsDeploy.Cli.Verbs;

internal sealed class CaptureVerb : Verb
{
    private readonly Argument<string[]> _disks = VerbOptions.Disks();
    private readonly Option<string> _store = VerbOptions.Store();
    private readonly Option<string> _image = VerbOptions.Image(withVersion: false);
    private readonly Option<string?> _partitions = VerbOptions.Partitions();
    private readonly Option<string[]> _data = new("--data")
    {
        Description = "Do not image this partition: format it at every restore, or leave it (4=ntfs, 5=leave).",
        HelpName = "N=FS|leave",
    };

    private readonly Option<int?> _grow = new("--grow")
    {
        Description = "Partition that takes the room of a larger disk; by default the largest that can grow.",
        HelpName = "N",
    };

    private readonly Option<bool> _allowBadSectors = VerbOptions.AllowBadSectors();
    private readonly Option<bool> _allowRaw = VerbOptions.AllowRaw();
    private readonly Option<bool> _allowUnprepared = VerbOptions.AllowUnprepared();
    private readonly Option<int> _level = VerbOptions.Level();
    private readonly Option<bool> _json = VerbOptions.Json();

    public CaptureVerb(Session session)
        : base(
            session,
            "capture",
            "Capture the disks of a master computer as a new version of an image. The disks are only read.",
            "capture /dev/sda --store /mnt/usb/store --image win11-lab",
            "capture /dev/sda --store /mnt/usb/store --image win11-lab --data 4=ntfs",
            "capture /dev/nvme0n1 /dev/sda --store /mnt/usb/store --image workshop")
    {
        Takes(_disks, _store, _image, _partitions, _data, _grow, _allowBadSectors, _allowRaw, _allowUnprepared, _level, _json);
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var options = new CaptureOptions(
            ImageKind.Image,
            ImageName.Parse(parsed.GetRequiredValue(_image)),
            PartitionNumbers.Parse(parsed.GetValue(_partitions)),
            PartitionNumbers.ParseData(parsed.GetValue(_data) ?? []),
            parsed.GetValue(_grow),
            parsed.GetValue(_allowBadSectors),
            parsed.GetValue(_allowRaw),
            ZstdLevel: parsed.GetValue(_level),
            AllowUnprepared: parsed.GetValue(_allowUnprepared));
        var report = await CaptureJob.RunAsync(Session, parsed.GetRequiredValue(_disks), parsed.GetRequiredValue(_store), options, cancel);
        return CaptureJob.Print(Terminal.Output, report, parsed.GetValue(_json));
    }
}
