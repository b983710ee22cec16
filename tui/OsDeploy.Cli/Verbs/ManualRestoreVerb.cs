using System.CommandLine;
using OsDeploy.Images;
using OsDeploy.Imaging;

namespace OsDeploy.Cli.Verbs;

internal sealed class ManualRestoreVerb : Verb
{
    private readonly Argument<string> _disk = VerbOptions.Disk();
    private readonly Argument<int?> _partition = new("PARTITION")
    {
        Description = "Number of the partition to overwrite; none with --with-table.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _store = VerbOptions.StoreOrLogin();
    private readonly Option<string> _name = VerbOptions.ManualName(withVersion: true);
    private readonly Option<bool> _withTable = new("--with-table") { Description = "Put back the partition table and boot code too; everything else on the disk is lost." };
    private readonly Option<string> _verify = VerbOptions.Verify();
    private readonly Option<bool> _yes = VerbOptions.Yes();
    private readonly Option<bool> _allowRemovable = VerbOptions.AllowRemovable();
    private readonly Option<bool> _json = VerbOptions.Json();

    public ManualRestoreVerb(Session session)
        : base(
            session,
            "restore",
            "Put a backup back into a partition; the other partitions stay as they are.",
            "manual restore /dev/sda 3 --store /mnt/usb/store --name office-c",
            "manual restore /dev/sdb --store /mnt/usb/store --name office-c --with-table")
    {
        Takes(_disk, _partition, _store, _name, _withTable, _verify, _yes, _allowRemovable, _json);
        Validators.Add(result =>
        {
            if (result.GetValue(_withTable) == (result.GetResult(_partition) is { Tokens.Count: > 0 }))
            {
                result.AddError("Name either the PARTITION to overwrite, or --with-table to replace the whole disk.");
            }
        });
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var reference = ImageReference.Parse(parsed.GetRequiredValue(_name));
        var options = new RestoreOptions(
            ImageKind.Manual,
            reference.Name,
            Partitions: parsed.GetValue(_partition) is { } number ? new HashSet<int> { number } : null,
            Verify: parsed.GetVerifyMode(_verify),
            AllowRemovable: parsed.GetValue(_allowRemovable));
        var report = await RestoreJob.RunAsync(
            Session, [parsed.GetRequiredValue(_disk)], parsed.GetValue(_store), options, reference.Version, parsed.GetValue(_yes), limit: 0, cancel);
        return RestoreJob.Print(Terminal.Output, report, parsed.GetValue(_json));
    }
}
