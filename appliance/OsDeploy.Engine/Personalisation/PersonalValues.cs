using OsDeploy.Templates;

namespace OsDeploy.Personalisation;

/// <summary>A host as templates and scripts are filled with it.</summary>
internal static class PersonalValues
{
    /// <param name="oldName">Name that the captured system has; null: nobody knows.</param>
    public static HostValues Of(Personality personality, PersonalSystem system, PersonalSecrets secrets, string? oldName)
    {
        var values = new HostValues
        {
            Name = personality.Name,
            OldName = oldName,
            ProductId = secrets.ProductIds.FirstOrDefault(one => (one.Disk, one.Number) == (system.Disk, system.Number))?.ProductId,
            Workgroup = personality.Joining.Workgroup,
            Domain = personality.Joining.Domain,
            MachineOu = personality.Joining.MachineOu,
            JoinUser = secrets.JoinUser,
            JoinPassword = secrets.JoinPassword,
            AccountData = secrets.AccountData,
            AdminPassword = secrets.AdminPassword,
            SchoolName = personality.SchoolName,
            SchoolLanguage = personality.SchoolLanguage,
        };
        return personality.Joining.IsOff ? WithoutJoining(values) : values;
    }

    public static HostValues WithoutJoining(HostValues values) =>
        values with { Workgroup = null, Domain = null, MachineOu = null, JoinUser = null, JoinPassword = null, AccountData = null };
}
