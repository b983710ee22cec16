using System.Text.RegularExpressions;

namespace OsDeploy.Api.Helper;

/// <summary>An operator as a user of the system.</summary>
/// <param name="Name">That of the account.</param>
/// <param name="Uid">Within <see cref="MirroredOperators.FirstUid"/> and <see cref="MirroredOperators.LastUid"/>.</param>
public sealed record MirroredOperator(string Name, int Uid);

/// <summary>What daemon, helper and login know alike about operators that are users of the system.</summary>
public static partial class MirroredOperators
{
    /// <summary>
    /// 66000 to 69999 belong to nobody else: Debian's useradd ends at 60000, systemd takes 60001-60513 and 61184-65519, and subordinate
    /// ids begin at 100000 (Debian Policy 9.2.2; systemd, UIDS-GIDS).
    /// </summary>
    public const int FirstUid = 66_000;

    public const int LastUid = 69_999;

    /// <summary>That may be mirrored at a time.</summary>
    public const int Most = 800;

    /// <summary>Their group, which the system must have: who is in it may open the socket of the console.</summary>
    public const string Group = "osdeploy-operators";

    /// <summary>Their login shell, in place of a shell.</summary>
    public const string LoginProgram = "osdeploy-login";

    public static bool IsUid(long uid) => uid is >= FirstUid and <= LastUid;

    /// <summary>A name that can stand in a line of passwd(5) and means nothing to any program.</summary>
    public static bool IsName(string name) => Name().IsMatch(name);

    [GeneratedRegex(@"^[a-z][a-z0-9._-]{0,31}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
