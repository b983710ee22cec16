namespace OsDeploy.Tests.Health;

/// <summary>What smartctl 7.4 prints with <c>--json -H -A -i</c>, shortened to what is of interest.</summary>
internal static class SmartSamples
{
    public const string Wheels =
        """
        {"json_format_version":[1,0],"smartctl":{"version":[7,4],"exit_status":0},"device":{"name":"/dev/sda","type":"sat","protocol":"ATA"},
        "model_name":"WDC WD10EZEX-08WN4A0","rotation_rate":7200,"smart_support":{"available":true,"enabled":true},"smart_status":{"passed":true},
        "ata_smart_attributes":{"revision":16,"table":[
        {"id":5,"name":"Reallocated_Sector_Ct","value":200,"worst":200,"thresh":140,"raw":{"value":3,"string":"3"}},
        {"id":177,"name":"Something_Else","value":1,"raw":{"value":1,"string":"1"}},
        {"id":194,"name":"Temperature_Celsius","value":109,"raw":{"value":34,"string":"34"}},
        {"id":197,"name":"Current_Pending_Sector","value":200,"raw":{"value":1,"string":"1"}}]},
        "temperature":{"current":34}}
        """;

    public const string Flash =
        """
        {"device":{"name":"/dev/sdb","type":"sat","protocol":"ATA"},"model_name":"Samsung SSD 870 EVO 500GB","rotation_rate":0,"smart_status":{"passed":true},
        "ata_smart_attributes":{"table":[
        {"id":5,"value":100,"raw":{"value":0}},{"id":177,"name":"Wear_Leveling_Count","value":93,"raw":{"value":101}}]},
        "temperature":{"current":29}}
        """;

    public const string Nvme =
        """
        {"device":{"name":"/dev/nvme0n1","type":"nvme","protocol":"NVMe"},"model_name":"INTEL SSDPEKNW512G8","smart_status":{"passed":false,"nvme":{"value":4}},
        "nvme_smart_health_information_log":{"critical_warning":4,"temperature":71,"available_spare":9,"percentage_used":104,"media_errors":2},
        "temperature":{"current":71}}
        """;

    public const string NoSmart =
        """
        {"smartctl":{"messages":[{"string":"/dev/sdc: Unknown USB bridge [0x1234:0x5678 (0x100)]","severity":"error"}],"exit_status":1}}
        """;
}
