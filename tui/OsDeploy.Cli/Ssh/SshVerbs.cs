using System.Collections.Frozen;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using OsDeploy.Api.Boot;
using VerbResult = System.CommandLine.Parsing.CommandResult;

namespace OsDeploy.Cli.Ssh;

/// <summary>
/// Which verbs may be sent over SSH: those that only ask the appliance. All others, and those that will be added one day, are refused
/// until somebody has put them on this list; the same holds for what their options and arguments take.
/// </summary>
internal static class SshVerbs
{
    private static readonly FrozenSet<string> s_verbs = new[]
    {
        "", "status", "audit",
        "host", "host list", "host show", "host add", "host set", "host delete", "host import", "host export", "host approve", "host reject", "host offline-join", "host rename",
        "room", "room list", "room add", "room set", "room delete",
        "config", "config list", "config show", "config add", "config set", "config master", "config admin-password", "config delete",
        "join-account", "join-account list", "join-account set", "join-account delete",
        "template", "template list", "template show", "template save", "template history", "template restore", "template check", "template original",
        "addition", "addition list", "addition show", "addition set", "addition delete",
        "job", "job start", "job list", "job show", "job watch", "job cancel", "job retry", "job disk", "job pair", "job batches", "job settings",
        "carousel", "carousel list", "carousel start", "carousel stop", "carousel settings",
        "boot", "boot status", "boot settings", "boot set", "boot show", "boot next", "boot history", "boot retry", "boot builds", "boot builds list", "boot builds use", "boot builds delete",
        "user", "user list", "user add", "user set", "user delete", "user password", "user token", "user key", "user key add", "user key list", "user key delete",
        "alarm", "alarm list", "alarm dismiss",
        "appliance", "appliance restart", "appliance off", "appliance clock", "appliance school", "appliance settings", "appliance keep-network", "appliance undo-network",
        "appliance grow", "appliance health", "appliance notifications", "appliance support-bundle",
        "system", "system show", "system update", "system fallback",
        "image", "image list", "image show", "image compare", "image check", "image current", "image delete", "image undelete", "image prune",
        "manual", "manual list", "manual delete",
        "backup", "backup create", "backup restore", "backup merge",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What options and arguments take that neither names a file nor another computer.</summary>
    private static readonly FrozenSet<string> s_plainKinds = new[]
    {
        "NAME", "NAME[@VERSION]", "FIRST", "SECOND", "VERSION", "HOST", "ROOM", "CONFIGURATION", "CONFIG", "KIND", "ID", "ID|PATH", "JOB", "BATCH", "USER", "TOKEN", "DOMAIN", "SERIAL", "TIME", "N",
        "RATE", "TEXT", "MAC", "KEY=VALUE", "PATTERN", "OS", "MODE", "ROLE", "TYPE", "WHAT", "PATH", "[DISK.]NUMBER", "1,3", "yes|no", "on|off", "all|sample", "IF", "FIRST-LAST", "ADDRESS",
        "[DISK.]NUMBER:KEY=VALUE,...", "OU=..,DC=..", "WAY", "LOADER", "WHEN", "LANGUAGE", "KEYBOARD", "\"WORD ...\"", "SCHEME", "PC-##", "WORDS", "MAIL", "URL", BootRuleText.Syntax, ModelExitText.Syntax,
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whatever they take: they lead to another computer or another store.</summary>
    private static readonly FrozenSet<string> s_refusedOptions = new[] { "--server", "--store", "--pin", "--editor" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Verb and what it takes: - stands for what comes through the pipe.</summary>
    private static readonly FrozenSet<string> s_pipes = new[]
    {
        "backup create FILE", "backup restore FILE", "backup merge FILE", "template save FILE", "template check FILE", "user key add FILE", "host import FILE", "host add --macs-from", "job start --from",
        "system update FILE", "appliance support-bundle FILE|-",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The words of a verb, without <c>osdeploy</c>.</summary>
    public static string PathOf(VerbResult result) =>
        string.Join(' ', Ancestry(result).Reverse().Skip(1).Select(one => one.Command.Name));

    public static bool IsListed(string verb) => s_verbs.Contains(verb);

    /// <summary>It can be given over SSH; of a file only the pipe.</summary>
    public static bool IsPlain(Symbol symbol) => !s_refusedOptions.Contains(symbol.Name) && (IsFlag(symbol) || s_plainKinds.Contains(KindOf(symbol)));

    /// <exception cref="UserErrorException"><c>usage-ssh-verb</c>, <c>usage-ssh-option</c></exception>
    public static void Require(ParseResult parsed)
    {
        var verb = PathOf(parsed.CommandResult);
        if (!s_verbs.Contains(verb))
        {
            throw SshErrors.VerbRefused("osdeploy " + verb);
        }

        foreach (var result in Ancestry(parsed.CommandResult).SelectMany(one => one.Children).Where(IsSaid))
        {
            var symbol = SymbolOf(result);
            if (!IsPlain(symbol) && !IsPipe(verb, symbol, result))
            {
                throw SshErrors.OptionRefused(symbol.Name);
            }
        }
    }

    /// <summary>What a symbol takes, as the help text says it.</summary>
    public static string KindOf(Symbol symbol) => symbol switch
    {
        Option option => option.HelpName ?? "",
        Argument argument => argument.HelpName ?? argument.Name,
        _ => "",
    };

    public static bool IsFlag(Symbol symbol) => symbol is HelpOption or VersionOption or Option<bool>;

    private static bool IsPipe(string verb, Symbol symbol, SymbolResult result) =>
        s_pipes.Contains($"{verb} {symbol.Name}") && result.Tokens is [{ Value: "-" }];

    private static bool IsSaid(SymbolResult result) => result is OptionResult { Implicit: false } or ArgumentResult { Tokens.Count: > 0 };

    private static Symbol SymbolOf(SymbolResult result) => result is OptionResult option ? option.Option : ((ArgumentResult)result).Argument;

    private static IEnumerable<VerbResult> Ancestry(VerbResult result)
    {
        for (SymbolResult? one = result; one is VerbResult command; one = command.Parent)
        {
            yield return command;
        }
    }
}
