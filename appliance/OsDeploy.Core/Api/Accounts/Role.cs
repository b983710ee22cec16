namespace OsDeploy.Api.Accounts;

/// <summary>What an operator is allowed to be. <see cref="Roles.RightsOf"/> says what each may do.</summary>
public enum Role
{
    /// <summary>Sees everything but accounts and the audit log; changes nothing.</summary>
    Viewer,

    /// <summary>Restores, restarts and wakes the hosts of the rooms named in the account.</summary>
    RoomOperator,

    /// <summary>Hosts, configurations, images and every kind of job.</summary>
    Imager,

    /// <summary>Sees like a viewer, and edits scripts.</summary>
    ScriptAuthor,

    Admin,
}

/// <summary>One kind of thing an operator can do.</summary>
public enum Right
{
    View,
    StartRestores,
    StartAnyJob,
    EditHosts,
    EditConfigurations,
    ReadImages,
    EditImages,
    EditScripts,

    /// <summary>End quarantines, back up, read the audit log, manage accounts.</summary>
    Administer,
}

/// <summary>The one table of roles.</summary>
public static class Roles
{
    private static readonly Dictionary<Role, Right[]> s_rights = new()
    {
        [Role.Viewer] = [Right.View],
        [Role.RoomOperator] = [Right.View, Right.StartRestores],
        [Role.Imager] =
        [
            Right.View, Right.StartRestores, Right.StartAnyJob, Right.EditHosts,
            Right.EditConfigurations, Right.ReadImages, Right.EditImages,
        ],
        [Role.ScriptAuthor] = [Right.View, Right.EditScripts],
        [Role.Admin] = Enum.GetValues<Right>(),
    };

    public static IReadOnlyList<Right> RightsOf(Role role) => s_rights[role];

    public static bool May(Role role, Right right) => s_rights[role].Contains(right);
}
