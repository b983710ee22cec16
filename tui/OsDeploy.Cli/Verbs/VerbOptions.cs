using System.CommandLine;
using OsDeploy.Cli.Login;
using OsDeploy.Images;
using OsDeploy.Imaging;
using OsDeploy.Text;

namespace OsDeploy.Cli.Verbs;

/// <summary>Options and arguments that several verbs share, so that they read the same everywhere.</summary>
internal static class VerbOptions
{
    public const string StoreName = "--store";
    public const string ServerName = "--server";

    public static Option<bool> Json() => new("--json") { Description = "Print the result as JSON." };

    public static Option<string> Store() => new(StoreName)
    {
        Description = "Folder of the store, or address of the appliance that owns it.",
        HelpName = "DIR|URL",
        Required = true,
    };

    /// <summary>For verbs that mean the appliance's store when none is named.</summary>
    public static Option<string?> StoreOrLogin() => new(StoreName)
    {
        Description = "Folder of the store, or address of the appliance that owns it. Default: where you are logged in.",
        HelpName = "DIR|URL",
    };

    public static Option<string?> Server() => new(ServerName)
    {
        Description = $"Address of the appliance. Default: ${ServerAddress.Variable}, else where you are logged in.",
        HelpName = "ADDRESS",
    };

    public static Option<string?> Text(string name, string description, string helpName) => new(name) { Description = description, HelpName = helpName };

    public static Option<string[]> Texts(string name, string description, string helpName) =>
        new(name) { Description = description + " May be repeated.", HelpName = helpName };

    public static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    public static Option<string?> YesNo(string name, string description) =>
        new Option<string?>(name) { Description = description, HelpName = "yes|no" }.AcceptOnlyFromAmong("yes", "no");

    public static bool? GetYesNo(this ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is { } word ? word == "yes" : null;

    /// <summary>One word of a list.</summary>
    public static Option<T?> Choice<T>(string name, string description, string helpName)
        where T : struct, Enum => new(name)
        {
            Description = $"{description}: {Words.Choices<T>()}.",
            HelpName = helpName,
            CustomParser = result => Words.TryParse<T>(result.Tokens[0].Value, out var value)
                ? value
                : Refuse<T?>(result, $"{name} takes one of {Words.Choices<T>()}, not \"{result.Tokens[0].Value}\"."),
            Arity = ArgumentArity.ExactlyOne,
        };

    public static Option<int?> Number(string name, string description, int least, int most)
    {
        var number = new Option<int?>(name) { Description = description, HelpName = "N" };
        number.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var value) && (value < least || value > most))
            {
                result.AddError($"{name} takes {least} to {most}.");
            }
        });
        return number;
    }

    /// <summary>Bytes a second.</summary>
    public static Option<long?> Rate(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "RATE",
        CustomParser = result => ByteRate.TryParse(result.Tokens[0].Value, out var rate) ? rate : Refuse<long?>(result, $"{name} takes {ByteRate.Syntax}; not \"{result.Tokens[0].Value}\"."),
        Arity = ArgumentArity.ExactlyOne,
    };

    public static Option<bool> Yes() => new("--yes") { Description = "Do not ask." };

    public static Option<string> Image(bool withVersion) => new("--image")
    {
        Description = withVersion ? "Image, or one version of it." : "Name of the image.",
        HelpName = withVersion ? "NAME[@VERSION]" : "NAME",
        Required = true,
    };

    public static Option<string> ManualName(bool withVersion) => new("--name")
    {
        Description = withVersion ? "Name of the backup, or one version of it." : "Free name of the backup.",
        HelpName = withVersion ? "NAME[@VERSION]" : "NAME",
        Required = true,
    };

    public static Argument<int> Partition() => new("PARTITION") { Description = "Number of the partition, as `osdeploy disk inspect` shows it." };

    public static Option<string?> Partitions() => new("--partitions")
    {
        Description = "Only these partitions (of the first disk).",
        HelpName = "1,3",
    };

    public static Option<int> Level()
    {
        var level = new Option<int>("--level")
        {
            Description = "zstd level, 1 (fast) to 19 (small).",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };
        level.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var value) && value is < 1 or > 19)
            {
                result.AddError("--level takes 1 to 19.");
            }
        });
        return level;
    }

    public static Option<string> Verify() => new Option<string>("--verify")
    {
        Description = "Read back from the disk what was written: a sample of it, all, or nothing.",
        HelpName = "all|sample|none",
        DefaultValueFactory = _ => "sample",
    }.AcceptOnlyFromAmong("all", "sample", "none");

    public static VerifyMode GetVerifyMode(this ParseResult parsed, Option<string> verify) => parsed.GetRequiredValue(verify) switch
    {
        "all" => VerifyMode.All,
        "none" => VerifyMode.None,
        _ => VerifyMode.Sample,
    };

    public static Option<bool> MakeCurrent() => new("--make-current") { Description = "Make it the current version there; else only if it is the first." };

    public static Option<bool> AllowBadSectors() => new("--allow-bad-sectors") { Description = "Take unreadable sectors as zero and say so on the version." };

    public static Option<bool> AllowRaw() => new("--allow-raw") { Description = "Take encrypted (LUKS) partitions byte for byte." };

    public static Option<bool> AllowUnprepared() => new("--allow-unprepared") { Description = "Capture a Windows that was not generalised, or that holds passwords, as it is." };

    public static Option<bool> AllowRemovable() => new("--allow-removable") { Description = "Accept a removable disk." };

    public static Argument<string> Disk() => new("DISK") { Description = "Device such as /dev/sda, or a disk image file." };

    public static Argument<string[]> Disks() => new("DISK")
    {
        Description = "Devices such as /dev/sda, or disk image files, in the order of the image.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Option<bool> Manual() => new("--manual") { Description = "Look among the backups of `osdeploy manual`, not among the images." };

    public static ImageKind GetKind(this ParseResult parsed, Option<bool> manual) => parsed.GetValue(manual) ? ImageKind.Manual : ImageKind.Image;

    public static Argument<string> Version(string name = "NAME[@VERSION]") => new(name) { Description = "Image, or one version of it (at least 6 digits)." };

    private static T? Refuse<T>(System.CommandLine.Parsing.ArgumentResult result, string why)
    {
        result.AddError(why);
        return default;
    }
}
